package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Joins a client's stream and a tunnel, both ways.
final class TunnelPump {
  private TunnelPump() {}

  /// Bytes of a client.
  interface Client {

    /// @return null: no more come
    /// @throws IOException when the client has gone
    byte @Nullable [] read() throws IOException, InterruptedException;

    void write(byte[] bytes) throws IOException;
  }

  /// Returns when the pod sends no more, or the client has gone. The tunnel is closed then.
  ///
  /// @throws IOException when either side broke
  @SuppressWarnings("try") // Closing it is how the other thread learns of the end.
  static void run(Client client, Tunnel tunnel, Executor workers) throws IOException {
    try (tunnel) {
      workers.execute(() -> bring(client, tunnel));
      for (byte[] bytes = tunnel.read(); bytes != null; bytes = tunnel.read()) {
        client.write(bytes);
      }
    }
  }

  private static void bring(Client client, Tunnel tunnel) {
    try {
      for (byte[] bytes = client.read(); bytes != null; bytes = client.read()) {
        tunnel.write(bytes);
      }
      tunnel.endOutput();
    } catch (IOException over) {
      tunnel.close(); // what came from the pod before can still be read
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
