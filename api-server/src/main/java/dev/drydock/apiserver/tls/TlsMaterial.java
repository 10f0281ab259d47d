package dev.drydock.apiserver.tls;

import dev.drydock.client.net.Authorities;
import dev.drydock.client.net.OwnKey;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;

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

  /// Shows this certificate.
  public OwnKey own() {
    return new OwnKey(chain, key);
  }

  /// Trusts servers with a certificate of these authorities.
  public X509TrustManager servers() {
    return Authorities.trusting(authorities);
  }

  /// Of a server that asks clients for certificates of these authorities, but lets them in with
  /// any: who they are is for the authenticator to say, whose answer a client understands better
  /// than a connection that ends.
  public X509TrustManager anybody() {
    return new AnyClient(asked);
  }
}
