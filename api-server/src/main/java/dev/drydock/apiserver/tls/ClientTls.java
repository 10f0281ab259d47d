package dev.drydock.apiserver.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// TLS of somebody who calls a server outside.
public final class ClientTls {
  private ClientTls() {}

  /// @param authorities PEM; blank: those that the system trusts
  /// @param own what is shown to the server; null: nothing
  /// @throws IllegalArgumentException when there is no certificate in what should hold some
  public static SSLContext context(String authorities, @Nullable TlsMaterial own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : own.keyManagers(), trust(authorities), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use the certificates: " + e.getMessage(), e);
    }
  }

  private static TrustManager @Nullable [] trust(String authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isBlank()) {
      return null;
    }
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    int count = 0;
    for (Certificate certificate : certificates(authorities)) {
      trusted.setCertificateEntry("authority-" + count++, certificate);
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(trusted);
    return factory.getTrustManagers();
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "data does not contain any valid RSA or ECDSA certificates");
    }
    return found;
  }
}
