package dev.drydock.apiserver.rest.extension;

import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Verification;
import dev.drydock.apiserver.tls.TlsMaterial;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How we and another server prove to each other who we are. Sessions are resumed: each bundle of
/// certificates has one context.
final class RemoteTrust {
  private final @Nullable TlsMaterial own;
  private final Map<Wanted, SSLContext> contexts = new ConcurrentHashMap<>();

  private record Wanted(String caBundle, Verification verification) {}

  /// @param own the front proxy's certificate; null: none is shown
  RemoteTrust(@Nullable TlsMaterial own) {
    this.own = own;
  }

  SSLEngine engine(Backend backend) throws IOException {
    var wanted = new Wanted(backend.caBundle(), backend.verification());
    SSLContext context = contexts.get(wanted);
    if (context == null) {
      context = context(wanted);
      contexts.put(wanted, context);
    }
    SSLEngine engine = context.createSSLEngine(backend.serverName(), backend.port());
    engine.setUseClientMode(true);
    if (backend.verification() == Verification.FULL) {
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      engine.setSSLParameters(parameters);
    }
    return engine;
  }

  private SSLContext context(Wanted wanted) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = own == null ? null : own.keyManagers();
      context.init(keys, trust(wanted), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("unable to load root certificates: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trust(Wanted wanted)
      throws GeneralSecurityException, IOException {
    if (wanted.verification() == Verification.NONE) {
      return InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
    }
    if (wanted.caBundle().isBlank()) {
      return null;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int count = 0;
    var bytes = new ByteArrayInputStream(wanted.caBundle().getBytes(StandardCharsets.US_ASCII));
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      trusted.setCertificateEntry("ca-" + count++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }
}
