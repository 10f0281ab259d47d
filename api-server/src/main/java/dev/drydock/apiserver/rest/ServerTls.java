package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.tls.TlsMaterial;
import dev.drydock.client.net.ChannelTls;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import java.security.cert.X509Certificate;
import java.util.List;

/// TLS of the HTTPS port. Whose certificates clients are asked for may change: who connects later
/// is asked for the new ones.
final class ServerTls {
  private final TlsMaterial material;
  private volatile Asking current;

  private record Asking(List<X509Certificate> authorities, SslContext context) {}

  ServerTls(TlsMaterial material) {
    this.material = material;
    this.current = asking(material.asked().get());
  }

  /// For a new connection.
  SslContext context() {
    Asking known = current;
    List<X509Certificate> asked = material.asked().get();
    if (!asked.equals(known.authorities())) {
      known = asking(asked);
      current = known;
    }
    return known.context();
  }

  private Asking asking(List<X509Certificate> authorities) {
    SslContext context =
        ChannelTls.server(
            material.own(),
            material.anybody(),
            authorities.isEmpty() ? ClientAuth.NONE : ClientAuth.OPTIONAL,
            ApplicationProtocolNames.HTTP_2,
            ApplicationProtocolNames.HTTP_1_1);
    return new Asking(List.copyOf(authorities), context);
  }
}
