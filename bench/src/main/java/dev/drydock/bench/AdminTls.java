package dev.drydock.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS that shows the lab administrator's certificate.
final class AdminTls {
  private AdminTls() {}

  /// @param home the lab's folder
  static SSLContext of(Path home) throws IOException, GeneralSecurityException {
    Path pki = home.resolve("pki");
    KeyStore trust = empty();
    trust.setCertificateEntry("ca", certificate(pki.resolve("ca.crt")));
    KeyStore own = empty();
    String key =
        Files.readString(pki.resolve("users/kubeconfig.key")).replaceAll("-----[A-Z ]+-----", "");
    own.setKeyEntry(
        "admin",
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
        new char[0],
        new Certificate[] {certificate(pki.resolve("users/kubeconfig.crt"))});
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trust);
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(own, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
