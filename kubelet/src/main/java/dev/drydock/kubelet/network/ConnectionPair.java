package dev.drydock.kubelet.network;

import java.io.InputStream;
import java.io.OutputStream;

/// A connection inside this JVM: both of its ends.
///
/// @param client the end of the one who dialled
/// @param server the end of the one who listens
public record ConnectionPair(Connection client, Connection server) {

  /// @param clientEnd as the server sees the client
  /// @param serverEnd as the client sees the server (before any translation on the way)
  /// @param serverLocal as the server sees itself
  public static ConnectionPair of(Endpoint clientEnd, Endpoint serverEnd, Endpoint serverLocal) {
    BytePipe there = new BytePipe();
    BytePipe back = new BytePipe();
    return new ConnectionPair(
        new End(clientEnd, serverEnd, back, there), new End(serverLocal, clientEnd, there, back));
  }

  private record End(Endpoint local, Endpoint remote, BytePipe in, BytePipe out)
      implements Connection {
    @Override
    public InputStream input() {
      return in.input();
    }

    @Override
    public OutputStream output() {
      return out.output();
    }

    @Override
    public void close() {
      out.end();
      in.breakOff();
    }
  }
}
