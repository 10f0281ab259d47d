package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// Joins two connections: what comes out of one goes into the other, both ways, until both ways
/// have ended or one breaks.
public final class Splice {
  private static final int CHUNK = 16 * 1024;

  private Splice() {}

  /// Returns when both ways have ended. Both connections are closed then.
  public static void run(Connection one, Connection other) throws InterruptedException {
    try (one;
        other) {
      Thread back = Thread.ofVirtual().name("splice").start(() -> copy(other, one));
      copy(one, other);
      back.join();
    }
  }

  private static void copy(Connection from, Connection to) {
    byte[] buffer = new byte[CHUNK];
    InputStream in = from.input();
    OutputStream out = to.output();
    try {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        out.flush();
      }
      out.close();
    } catch (IOException _) {
      // One side broke: so does the other.
      from.close();
      to.close();
    }
  }
}
