package dev.drydock.lab.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The few REST requests that the launcher itself makes, as the lab's administrator. Uses nothing
/// but the JDK, since the launcher's own start counts too.
final class LabApi {
  private static final char[] NO_PASSWORD = new char[0];
  private static final int PATIENCE_MILLIS = 5_000;

  private final String server;
  private final SSLSocketFactory sockets;

  private LabApi(String server, SSLSocketFactory sockets) {
    this.server = server;
    this.sockets = sockets;
  }

  static LabApi of(LabHome home, String server) {
    try {
      var x509 = CertificateFactory.getInstance("X.509");
      KeyStore trust = emptyStore();
      trust.setCertificateEntry("ca", certificate(x509, home.pki("ca.crt")));
      var trustManagers = TrustManagerFactory.getInstance("PKIX");
      trustManagers.init(trust);
      KeyStore own = emptyStore();
      Certificate[] chain = {certificate(x509, home.pki("users/kubeconfig.crt"))};
      own.setKeyEntry("admin", key(home.pki("users/kubeconfig.key")), NO_PASSWORD, chain);
      var keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(own, NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
      return new LabApi(server, context.getSocketFactory());
    } catch (IOException | GeneralSecurityException e) {
      throw new LabException("the lab's certificates can't be read: " + e.getMessage(), e);
    }
  }

  /// @throws IOException when there is no answer, or another code than 200
  JsonNode getJson(String path) throws IOException {
    return JsonMapper.shared().readTree(request("GET", path));
  }

  String get(String path) throws IOException {
    return new String(request("GET", path), StandardCharsets.UTF_8);
  }

  void delete(String path) throws IOException {
    request("DELETE", path);
  }

  private byte[] request(String method, String path) throws IOException {
    var connection = (HttpsURLConnection) URI.create(server + path).toURL().openConnection();
    connection.setSSLSocketFactory(sockets);
    connection.setRequestMethod(method);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    connection.setRequestProperty("User-Agent", "drydock");
    try (InputStream body = connection.getInputStream()) {
      return body.readAllBytes();
    }
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate certificate(CertificateFactory x509, Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      return x509.generateCertificate(in);
    }
  }

  private static PrivateKey key(Path file) throws IOException, GeneralSecurityException {
    String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
    return KeyFactory.getInstance("EC")
        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
  }
}
