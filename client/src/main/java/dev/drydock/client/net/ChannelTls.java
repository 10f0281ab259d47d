package dev.drydock.client.net;

import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS 1.3 and 1.2 of Netty's channels: BoringSSL's where Netty's library with it can be loaded,
/// else the JDK's. Compiled code needs no JIT: a process that has only C1 speaks AES as fast as
/// any, from its first byte on.
public final class ChannelTls {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelTls.class);
  private static final SslProvider PROVIDER = provider();

  private ChannelTls() {}

  private static SslProvider provider() {
    if (OpenSsl.isAvailable()) {
      return SslProvider.OPENSSL;
    }
    LOG.warn("TLS is the JDK's, which is slow here: no BoringSSL", OpenSsl.unavailabilityCause());
    return SslProvider.JDK;
  }

  /// For a port.
  ///
  /// @param peers who may come in, if they show a certificate at all
  /// @param protocols by ALPN, the best first
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext server(
      X509ExtendedKeyManager own, X509TrustManager peers, ClientAuth asking, String... protocols) {
    return built(
        SslContextBuilder.forServer(own).trustManager(peers).clientAuth(asking), protocols);
  }

  /// For who connects.
  ///
  /// @param own what is shown to a server that asks; null: nothing
  /// @param servers whose certificates are believed, for the name or the address that was called;
  ///     null: anybody's, for any
  /// @param protocols by ALPN, the best first
  /// @throws IllegalArgumentException when the certificates cannot be used
  public static SslContext client(
      @Nullable X509ExtendedKeyManager own,
      @Nullable X509TrustManager servers,
      String... protocols) {
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (own != null) {
      builder.keyManager(own);
    }
    if (servers == null) {
      builder
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null);
    } else {
      builder.trustManager(servers);
    }
    return built(builder, protocols);
  }

  private static SslContext built(SslContextBuilder builder, String... protocols) {
    try {
      return builder
          .sslProvider(PROVIDER)
          .protocols("TLSv1.3", "TLSv1.2")
          .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  protocols))
          .build();
    } catch (SSLException e) {
      throw new IllegalArgumentException("the certificates cannot be used: " + e.getMessage(), e);
    }
  }
}
