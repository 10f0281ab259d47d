package dev.drydock.controllers.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.pki.CertificateRequest;
import dev.drydock.api.pki.CertificateRequest.Names;
import dev.drydock.api.pki.PemBlock;
import io.fabric8.kubernetes.api.model.certificates.v1.CertificateSigningRequestBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateSigningTest {
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBfzCCASWgAwIBAgIUCZ6HqL2Q2GvKgjd2PKcUqqdH8gkwCgYIKoZIzj0EAwIw
      FTETMBEGA1UEAwwKa3ViZXJuZXRlczAeFw0yNjExMjAyMjE3NTZaFw0zNjExMTcy
      MjE3NTZaMBUxEzARBgNVBAMMCmt1YmVybmV0ZXMwWTATBgcqhkjOPQIBBggqhkjO
      PQMBBwNCAAQhRg4GlGUJWk7RQCW3FUfVt8TBBQOEDUJ+be1G2jvi8GsVhlo2WCkV
      0nXSgzKbasED5NYNsF4X96DZScaH1fp6o1MwUTAdBgNVHQ4EFgQUwrqzSFkA9get
      Vn1r32Re2J9MtxYwHwYDVR0jBBgwFoAUwrqzSFkA9getVn1r32Re2J9MtxYwDwYD
      VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNIADBFAiEAuw4fFqRq+lq6Pygfyx5j
      sK0w7iXmYKZ6hlp1nngrG98CIHRPSQK3+q+A4o/00lAdSBf6qXi3zntao+4o+SE9
      JX2o
      -----END CERTIFICATE-----
      """;

  /// Of no cluster but this test's.
  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPJKHel4mIRbZNAUH
      esEaEYuoNPsOz3XfkyZO0/Mr4SihRANCAAQhRg4GlGUJWk7RQCW3FUfVt8TBBQOE
      DUJ+be1G2jvi8GsVhlo2WCkV0nXSgzKbasED5NYNsF4X96DZScaH1fp6
      -----END PRIVATE KEY-----
      """;

  private static final String REQUEST =
      """
      -----BEGIN CERTIFICATE REQUEST-----
      MIIBEjCBuAIBADAwMRUwEwYDVQQKDAxzeXN0ZW06bm9kZXMxFzAVBgNVBAMMDnN5
      c3RlbTpub2RlOm4xMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEl+58V1vjQnrj
      ytbgvKFp+jygGCL0KCmwKgs/MBc3G1lVZPGMIC5ivkJtqfYV+R3FlprohDPvSOZe
      aRUr2UoQfaAmMCQGCSqGSIb3DQEJDjEXMBUwEwYDVR0RBAwwCoICbjGHBAoAAAEw
      CgYIKoZIzj0EAwIDSQAwRgIhAOueZ43McB5BP8Zjzt8JUymG8QWnioR9S+BdZIMm
      mdVCAiEAsjT/UoeTJsD3pW7WkHxoy3HqYaYjYT+gjBAK+ZJDjHo=
      -----END CERTIFICATE REQUEST-----
      """;

  @Test
  void aRequestIsReadAndItsSignatureChecked() {
    CertificateRequest request = CertificateRequest.parse(REQUEST);
    assertThat(request.names())
        .isEqualTo(
            new Names(
                "system:node:n1", List.of("system:nodes"), List.of("n1"), List.of(), List.of(), 1));
    assertThat(request.isSignedByItsKey()).isTrue();
    assertThatThrownBy(() -> CertificateRequest.parse(AUTHORITY))
        .hasMessage("PEM block type must be CERTIFICATE REQUEST");
  }

  @Test
  void aCertificateSaysWhatWasAskedAndVerifies(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("ca.crt"), AUTHORITY);
    Files.writeString(folder.resolve("ca.key"), KEY);
    var authority =
        SigningAuthority.load(
            folder.resolve("ca.crt"),
            folder.resolve("ca.key"),
            Duration.ofDays(365),
            new Random(1));
    Instant now = Instant.parse("2027-01-01T00:00:00Z");
    var request =
        new SigningRequest(
            new CertificateSigningRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(3600)
                .withUsages("digital signature", "server auth")
                .withRequest(
                    Base64.getEncoder().encodeToString(REQUEST.getBytes(StandardCharsets.US_ASCII)))
                .endSpec()
                .build());
    byte[] der = PemBlock.first(authority.sign(request, now)).content();
    var certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    certificate.verify(authority.certificate().getPublicKey());
    assertThat(certificate.getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:n1,O=system:nodes");
    assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(certificate.getKeyUsage()[0]).isTrue();
    assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate.getSubjectAlternativeNames()).hasSize(2);
    assertThat(certificate.getNotAfter().toInstant()).isEqualTo(now.plusSeconds(3600));
    assertThat(certificate.getNotBefore().toInstant()).isEqualTo(now.minusSeconds(300));
  }

  @Test
  void eachSignerRefusesWhatIsNotItsBusiness() {
    Set<String> client = Set.of("digital signature", "client auth");
    Set<String> server = Set.of("digital signature", "server auth");
    Names kubelet =
        new Names("system:node:n1", List.of("system:nodes"), List.of(), List.of(), List.of(), 0);
    Names jane = new Names("jane", List.of(), List.of(), List.of(), List.of(), 0);
    String prefix = "kubernetes.io/";
    assertThat(StandardSigners.refusal(prefix + "kube-apiserver-client", jane, client)).isEmpty();
    assertThat(StandardSigners.refusal(prefix + "kube-apiserver-client", jane, server))
        .contains("usages did not match");
    assertThat(StandardSigners.refusal(StandardSigners.KUBELET_CLIENT, kubelet, client)).isEmpty();
    assertThat(StandardSigners.refusal(StandardSigners.KUBELET_CLIENT, jane, client))
        .contains("subject organization is not system:nodes");
    assertThat(StandardSigners.refusal(prefix + "kubelet-serving", kubelet, server))
        .contains("DNS or IP subjectAltName is required");
  }
}
