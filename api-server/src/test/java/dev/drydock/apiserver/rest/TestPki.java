package dev.drydock.apiserver.rest;

import dev.drydock.apiserver.tls.TlsMaterial;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A certificate authority, a server on the loopback address, and clients.
public final class TestPki {
  private final X509Bundle authority;
  private final X509Bundle server;

  public TestPki() {
    try {
      authority =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=test-ca")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      server =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=kube-apiserver")
              .addSanIpAddress("127.0.0.1")
              .addSanDnsName("localhost")
              .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException("no test certificates", e);
    }
  }

  /// What the server shows and whom it trusts.
  public TlsMaterial material() {
    return new TlsMaterial(
        List.of(server.getCertificate()),
        server.getKeyPair().getPrivate(),
        List.of(authority.getCertificate()));
  }

  /// A client's certificate.
  public X509Bundle client(String name, String group) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject("O=" + group + ",CN=" + name)
          .addExtendedKeyUsageClientAuth()
          .buildIssuedBy(authority);
    } catch (Exception e) {
      throw new IllegalStateException("no test certificate", e);
    }
  }

  /// Of a client that trusts the server and shows its own certificate.
  public SSLContext clientContext(String name, String group) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      KeyManager[] keys = client(name, group).toKeyManagerFactory().getKeyManagers();
      context.init(keys, new TrustManager[] {authority.toTrustManager()}, null);
      return context;
    } catch (Exception e) {
      throw new IllegalStateException("no TLS", e);
    }
  }

  /// The authority's own certificate.
  public X509Bundle authority() {
    return authority;
  }
}
