package dev.drydock.kubelet.program.tls;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import java.io.IOException;
import javax.net.ssl.SSLContext;

/// Speaks TLS with whoever connects, and lets another handler see what is inside.
public final class TlsServer implements ConnectionHandler {
  private final SSLContext context;
  private final ConnectionHandler inside;

  /// @param context with the server's certificate and key: see [KeyPairs]
  public TlsServer(SSLContext context, ConnectionHandler inside) {
    this.context = context;
    this.inside = inside;
  }

  @Override
  public void handle(Connection connection) throws IOException, InterruptedException {
    var engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    try (var secured = new TlsConnection(connection, engine)) {
      secured.handshake();
      inside.handle(secured);
    }
  }
}
