package dev.drydock.bench;

import dev.drydock.client.kubeconfig.Kubeconfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/// TLS that shows the certificate of a kubeconfig's user.
final class AdminTls {
  private AdminTls() {}

  static SSLContext of(Kubeconfig kubeconfig) throws IOException, GeneralSecurityException {
    KeyStore trust = empty();
    trust.setCertificateEntry("ca", certificates(kubeconfig.authority())[0]);
    KeyStore own = empty();
    for (Kubeconfig.Identity identity : kubeconfig.identity()) {
      Certificate[] chain = certificates(identity.certificate());
      String key = identity.key().replaceAll("-----[A-Z ]+-----", "");
      own.setKeyEntry(
          "admin",
          KeyFactory.getInstance(chain[0].getPublicKey().getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key))),
          new char[0],
          chain);
    }
    var trustManagers = TrustManagerFactory.getInstance("PKIX");
    trustManagers.init(trust);
    var keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(own, new char[0]);
    var context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return context;
  }

  private static Certificate[] certificates(String pem) throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
        .toArray(Certificate[]::new);
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
