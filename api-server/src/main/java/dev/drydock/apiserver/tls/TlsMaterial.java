package dev.drydock.apiserver.tls;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What one end of TLS shows and trusts.
///
/// @param chain its own certificate first
/// @param authorities who may have signed the peer's certificate; empty: it is not asked for one
public record TlsMaterial(
    List<X509Certificate> chain, PrivateKey key, List<X509Certificate> authorities) {
  public TlsMaterial {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  public static TlsMaterial load(Path certificate, Path key, List<X509Certificate> authorities) {
    return new TlsMaterial(Pem.certificates(certificate), Pem.privateKey(key), authorities);
  }
}
