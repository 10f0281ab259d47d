package dev.drydock.apiserver.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// What one end of TLS shows and trusts.
///
/// @param chain its own certificate first
/// @param authorities who may have signed the peer's certificate; empty: it is not asked for one
/// @param asked whose certificates a server asks clients for; may change
public record TlsMaterial(
    List<X509Certificate> chain,
    PrivateKey key,
    List<X509Certificate> authorities,
    Supplier<List<X509Certificate>> asked) {
  public TlsMaterial {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  public TlsMaterial(
      List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
    this(chain, key, authorities, () -> authorities);
  }

  public static TlsMaterial load(Path certificate, Path key, List<X509Certificate> authorities) {
    return new TlsMaterial(Pem.certificates(certificate), Pem.privateKey(key), authorities);
  }

  /// The same for a server that asks clients for other certificates.
  public TlsMaterial asking(Supplier<List<X509Certificate>> others) {
    return new TlsMaterial(chain, key, authorities, others);
  }

  /// The JDK's TLS with this key and these authorities. Netty's own builder is not used for
  /// servers: its first use loads Bouncy Castle, which takes a third of our start-up.
  ///
  /// @throws IllegalArgumentException when the JDK can't use the key or the certificates
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new OwnKey(this)}, trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("cannot use the certificate: " + e.getMessage(), e);
    }
  }

  /// Of a server that asks clients for certificates of these authorities, but lets them in with
  /// any: who they are is for the authenticator to say, whose answer a client understands better
  /// than a connection that ends.
  ///
  /// @throws IllegalArgumentException when the JDK can't use the key or the certificates
  public SSLContext serverContext() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] anybody = {new AnyClient(asked)};
      context.init(new KeyManager[] {new OwnKey(this)}, anybody, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot use the certificate: " + e.getMessage(), e);
    }
  }

  /// Shows this certificate.
  public KeyManager[] keyManagers() {
    return new KeyManager[] {new OwnKey(this)};
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
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
