package dev.drydock.bench;

import dev.drydock.client.kubeconfig.Kubeconfig;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/// An api-server that is measured.
final class Server implements Load.Connector {
  private final String label;
  private final SSLContext tls;
  private final URI address;

  /// @param label empty for the lab's own; else what tells its figures from those
  Server(String label, Kubeconfig kubeconfig) throws IOException, GeneralSecurityException {
    this.label = label;
    this.tls = AdminTls.of(kubeconfig);
    this.address = kubeconfig.servers().getFirst();
  }

  /// The name of a figure of this server.
  String figure(String name) {
    return label.isEmpty() ? name : name + " (" + label + ")";
  }

  @Override
  public Connection open() throws IOException {
    return new Connection(tls, address.getHost(), address.getPort());
  }
}
