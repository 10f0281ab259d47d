package dev.drydock.lab.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabPkiTest {
  private static final Instant NOW = Instant.parse("2026-05-01T00:00:00Z");
  private static final Endpoints ENDPOINTS =
      new Endpoints("https://127.7.0.1:6443", "https://127.7.0.1:6444", List.of("127.7.0.1"));

  private static final List<NodeIdentity> NODES =
      List.of(node("node-1", "127.7.1.1"), node("node-2", "127.7.1.2"));

  @TempDir Path home;

  @Test
  void theSecondTimeNothingIsMade() throws Exception {
    assertThat(at(NOW).ensure(NODES, ENDPOINTS)).contains("apiserver", "kubelet-node-2", "sa");
    assertThat(at(NOW).ensure(NODES, ENDPOINTS)).isEmpty();
  }

  @Test
  void whatIsAboutToExpireIsMadeAnewByTheSameAuthority() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);
    Path authority = home.resolve("pki/ca.crt");
    String before = Files.readString(authority);

    Instant later = NOW.plus(Duration.ofDays(340));
    assertThat(at(later).ensure(NODES, ENDPOINTS)).contains("apiserver", "kubeconfig");

    assertThat(Files.readString(authority)).isEqualTo(before);
    assertThat(certificate("apiserver").getNotAfter().toInstant()).isAfter(later);
  }

  @Test
  void otherAddressesGetOtherCertificates() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);

    assertThat(at(NOW).ensure(List.of(node("node-1", "127.9.1.1")), ENDPOINTS))
        .containsExactly("kubelet-node-1", "kubelet-node-1.conf");
    assertThat(certificate("kubelet-node-1").getSubjectAlternativeNames().toString())
        .contains("127.9.1.1");
  }

  @Test
  void aPersonsKeyIsOneThatEveryClientReads() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);

    assertThat(certificate("users/person").getPublicKey().getAlgorithm()).isEqualTo("RSA");
    assertThat(certificate("apiserver").getPublicKey().getAlgorithm()).isEqualTo("EC");
  }

  @Test
  void aNodeIsAUserOfTheGroupOfNodes() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);

    assertThat(certificate("kubelet-node-1").getSubjectX500Principal().getName())
        .isEqualTo("CN=system:node:node-1,O=system:nodes");
  }

  @Test
  void onlyEtcdsOwnAuthorityHasSignedTheClientOfEtcd() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);

    certificate("apiserver-etcd-client").verify(certificate("etcd/ca").getPublicKey());
    assertThat(certificate("users/kubeconfig").getIssuerX500Principal())
        .isNotEqualTo(certificate("etcd/ca").getSubjectX500Principal());
  }

  @Test
  void keysAndKubeconfigsAreForTheOwnersEyesOnly() throws Exception {
    at(NOW).ensure(NODES, ENDPOINTS);

    for (String secret : List.of("kubeconfig", "pki/ca.key", "pki/apiserver.key", "pki/sa.key")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve(secret))))
          .isEqualTo("rw-------");
    }
  }

  private static NodeIdentity node(String name, String address) {
    return new NodeIdentity(name, List.of(name, address));
  }

  private LabPki at(Instant now) throws Exception {
    return LabPki.in(home, () -> now);
  }

  private X509Certificate certificate(String name) throws Exception {
    return Pem.certificate(home.resolve("pki/" + name + ".crt"));
  }
}
