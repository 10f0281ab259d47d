package dev.drydock.client.rpc;

import dev.drydock.client.kubeconfig.Kubeconfig;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// TLS for gRPC, by the JDK. Netty's own builder is not used: its first use loads Bouncy Castle,
/// which costs a third of the start-up.
public final class Tls {
  /// Most components have C1 only, which knows no instructions for AES-GCM: this cipher, plain
  /// arithmetic, costs them a quarter. A server chooses among what is offered, so nothing else is.
  private static final List<String> CLIENT_CIPHERS = List.of("TLS_CHACHA20_POLY1305_SHA256");

  private Tls() {}

  /// For a client, as this kubeconfig wants it.
  ///
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext client(Kubeconfig kubeconfig) {
    KeyManager[] keys =
        kubeconfig.identity().stream()
            .map(one -> key(one.certificate(), one.key()))
            .toArray(KeyManager[]::new);
    return context(keys, kubeconfig.authority(), Side.CLIENT);
  }

  /// For a server that lets in nobody without a certificate of the authority; all PEM.
  ///
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext server(String certificate, String key, String clientAuthority) {
    return context(new KeyManager[] {key(certificate, key)}, clientAuthority, Side.SERVER);
  }

  private enum Side {
    CLIENT,
    SERVER
  }

  private static KeyManager key(String certificate, String key) {
    return new OwnKey(PemText.certificates(certificate), PemText.privateKey(key));
  }

  private static SslContext context(KeyManager[] keys, String authority, Side side) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust(PemText.certificates(authority)), null);
      return new JdkSslContext(
          context,
          side == Side.CLIENT,
          side == Side.CLIENT ? CLIENT_CIPHERS : Http2SecurityUtil.CIPHERS,
          SupportedCipherSuiteFilter.INSTANCE,
          new ApplicationProtocolConfig(
              ApplicationProtocolConfig.Protocol.ALPN,
              ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
              ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
              ApplicationProtocolNames.HTTP_2),
          side == Side.SERVER ? ClientAuth.REQUIRE : ClientAuth.NONE,
          new String[] {"TLSv1.3", "TLSv1.2"},
          false);
    } catch (GeneralSecurityException | IOException failure) {
      throw new IllegalArgumentException(
          "the certificates cannot be used: " + failure.getMessage(), failure);
    }
  }

  private static TrustManager[] trust(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    for (int i = 0; i < authorities.size(); i++) {
      trusted.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
