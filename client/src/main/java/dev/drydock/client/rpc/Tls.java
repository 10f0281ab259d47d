package dev.drydock.client.rpc;

import dev.drydock.client.kubeconfig.Kubeconfig;
import dev.drydock.client.net.Authorities;
import dev.drydock.client.net.ChannelTls;
import dev.drydock.client.net.OwnKey;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import javax.net.ssl.X509TrustManager;

/// TLS for gRPC, from PEM.
public final class Tls {
  private Tls() {}

  /// For a client, as this kubeconfig wants it.
  ///
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext client(Kubeconfig kubeconfig) {
    OwnKey own =
        kubeconfig.identity().stream()
            .map(one -> key(one.certificate(), one.key()))
            .findFirst()
            .orElse(null);
    return ChannelTls.client(own, trust(kubeconfig.authority()), ApplicationProtocolNames.HTTP_2);
  }

  /// For a server that lets in nobody without a certificate of the authority; all PEM.
  ///
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext server(String certificate, String key, String clientAuthority) {
    return ChannelTls.server(
        key(certificate, key),
        trust(clientAuthority),
        ClientAuth.REQUIRE,
        ApplicationProtocolNames.HTTP_2);
  }

  private static OwnKey key(String certificate, String key) {
    return new OwnKey(PemText.certificates(certificate), PemText.privateKey(key));
  }

  private static X509TrustManager trust(String authority) {
    return Authorities.trusting(PemText.certificates(authority));
  }
}
