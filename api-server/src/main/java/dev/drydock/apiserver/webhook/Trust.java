package dev.drydock.apiserver.webhook;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Whom a call trusts.
final class Trust {
  private Trust() {}

  /// @param bundle PEM; empty: the system's certificates
  static SSLContext context(String bundle) throws GeneralSecurityException, IOException {
    SSLContext context = SSLContext.getInstance("TLS");
    if (bundle.isBlank()) {
      context.init(null, null, null);
      return context;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int count = 0;
    var bytes = new ByteArrayInputStream(bundle.getBytes(StandardCharsets.UTF_8));
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
      trusted.setCertificateEntry("ca-" + count++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
