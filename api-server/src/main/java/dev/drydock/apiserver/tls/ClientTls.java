package dev.drydock.apiserver.tls;

import dev.drydock.client.net.Authorities;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS of somebody who calls a server outside.
public final class ClientTls {
  private ClientTls() {}

  /// @param authorities PEM; blank: those that the system trusts
  /// @param own what is shown to the server; null: nothing
  /// @throws IllegalArgumentException when there is no certificate in what should hold some
  public static SSLContext context(String authorities, @Nullable TlsMaterial own) {
    return context(
        authorities.isBlank()
            ? null
            : new TrustManager[] {Authorities.trusting(certificates(authorities))},
        own);
  }

  /// @param servers which are believed; null: those that the system trusts
  /// @param own what is shown to the server; null: nothing
  public static SSLContext context(TrustManager @Nullable [] servers, @Nullable TlsMaterial own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : new KeyManager[] {own.own()}, servers, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot use the certificates: " + e.getMessage(), e);
    }
  }

  private static List<X509Certificate> certificates(String pem) {
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    List<X509Certificate> found = new ArrayList<>();
    try {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
        found.add((X509Certificate) one);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot use the certificates: " + e.getMessage(), e);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "data does not contain any valid RSA or ECDSA certificates");
    }
    return found;
  }
}
