package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Kinds;
import dev.drydock.e2e.cluster.TestLab;
import dev.drydock.lab.topology.Component;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who asks, what he may do, and what is taken down of it, with the real kubectl.
class IdentityIT {
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(1, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  /// A kubeconfig of the lab with other credentials.
  private static String config(Path folder, String user, String... credentials) {
    String file = folder.resolve(user + ".conf").toString();
    String server = lab.kubectl("config", "view", "-o", "jsonpath={.clusters[0].cluster.server}");
    String authority = lab.folder().resolve("pki/ca.crt").toString();
    lab.kubectl(
        "config",
        "set-cluster",
        "lab",
        "--kubeconfig=" + file,
        "--server=" + server,
        "--certificate-authority=" + authority);
    var command =
        new java.util.ArrayList<>(
            List.of("config", "set-credentials", user, "--kubeconfig=" + file));
    command.addAll(List.of(credentials));
    lab.kubectl(command.toArray(String[]::new));
    lab.kubectl(
        "config", "set-context", "it", "--kubeconfig=" + file, "--cluster=lab", "--user=" + user);
    lab.kubectl("config", "use-context", "it", "--kubeconfig=" + file);
    return "--kubeconfig=" + file;
  }

  @Test
  void aRequestForACertificateIsApprovedSignedAndUsed(@TempDir Path folder) throws IOException {
    Path key = folder.resolve("jane.key");
    Path request = folder.resolve("jane.csr");
    TestLab.Output made =
        lab.run(
            "",
            List.of(
                "openssl",
                "req",
                "-new",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                key.toString(),
                "-subj",
                "/O=people/CN=jane",
                "-out",
                request.toString()));
    assertThat(made.code()).as(made.text()).isZero();
    lab.kubectlWithInput(
        """
        apiVersion: certificates.k8s.io/v1
        kind: CertificateSigningRequest
        metadata: {name: jane}
        spec:
          request: %s
          signerName: kubernetes.io/kube-apiserver-client
          expirationSeconds: 86400
          usages: [client auth]
        """
            .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(request))),
        "apply",
        "-f",
        "-");
    assertThat(lab.kubectl("get", "csr", "jane", "--no-headers"))
        .contains("kubernetes-admin", "24h", "Pending");
    lab.kubectl("certificate", "approve", "jane");
    lab.watch(Kinds.CERTIFICATE_SIGNING_REQUEST)
        .await(
            "a certificate",
            Duration.ofSeconds(20),
            all ->
                all.stream()
                    .anyMatch(
                        one ->
                            one.getStatus() != null && one.getStatus().getCertificate() != null));
    assertThat(lab.kubectl("get", "csr", "jane", "--no-headers")).contains("Approved,Issued");
    Path certificate = folder.resolve("jane.crt");
    Files.write(
        certificate,
        Base64.getDecoder()
            .decode(lab.kubectl("get", "csr", "jane", "-o", "jsonpath={.status.certificate}")));

    String jane =
        config(folder, "jane", "--client-certificate=" + certificate, "--client-key=" + key);
    assertThat(lab.kubectl("auth", "whoami", jane)).contains("jane", "[people system:authentic");
    assertThat(lab.tryKubectl("", "auth", "can-i", "list", "pods", jane).text()).contains("no");
    assertThat(lab.tryKubectl("", "get", "pods", jane).text())
        .contains(
            "Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list resource"
                + " \"pods\" in API group \"\" in the namespace \"default\"");
    lab.kubectl("create", "rolebinding", "people", "--clusterrole=view", "--group=people");
    lab.watch(Kinds.ROLE_BINDING)
        .await("the binding", Duration.ofSeconds(20), all -> !all.isEmpty());
    assertThat(lab.kubectl("auth", "can-i", "list", "pods", jane)).contains("yes");
    assertThat(lab.kubectl("auth", "can-i", "--list", jane)).contains("configmaps", "[get list");
    assertThat(lab.kubectl("auth", "can-i", "get", "pods", "--as=john", "--as-group=people"))
        .contains("yes");
    assertThat(lab.tryKubectl("", "get", "pods", "--as=admin", jane).text())
        .contains(
            "pods is forbidden: User \"jane\" cannot impersonate-on:user-info:list resource"
                + " \"pods\" in API group \"\" in the namespace \"default\"");
  }

  @Test
  void aTokenEndsWithWhatItIsBoundTo(@TempDir Path folder) {
    lab.kubectl("create", "serviceaccount", "bot");
    lab.kubectl("create", "secret", "generic", "anchor");
    String token =
        lab.kubectl(
                "create",
                "token",
                "bot",
                "--duration=1h",
                "--bound-object-kind=Secret",
                "--bound-object-name=anchor")
            .strip();
    String bot = config(folder, "bot", "--token=" + token);
    assertThat(lab.kubectl("auth", "whoami", bot))
        .contains("system:serviceaccount:default:bot", "credential-id");
    lab.kubectl("delete", "secret", "anchor");
    assertThat(lab.tryKubectl("", "auth", "whoami", bot).text()).contains("Unauthorized");
    assertThat(lab.tryKubectl("", "create", "token", "bot", "--duration=5m").text())
        .contains("may not specify a duration less than 10 minutes");
  }

  @Test
  void aSecretIsFilledForItsAccountAndGoesWithIt(@TempDir Path folder) {
    lab.kubectl("create", "serviceaccount", "old");
    lab.kubectlWithInput(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: old-token, annotations: {kubernetes.io/service-account.name: old}}
        type: kubernetes.io/service-account-token
        """,
        "apply",
        "-f",
        "-");
    var secrets = lab.watch(Kinds.SECRET);
    secrets.await(
        "the token",
        Duration.ofSeconds(20),
        all ->
            all.stream()
                .anyMatch(
                    one ->
                        one.getData() != null
                            && one.getMetadata().getName().equals("old-token")
                            && one.getData().containsKey("token")));
    String token =
        new String(
            Base64.getDecoder()
                .decode(lab.kubectl("get", "secret", "old-token", "-o", "jsonpath={.data.token}")),
            StandardCharsets.US_ASCII);
    String old = config(folder, "old", "--token=" + token);
    assertThat(lab.kubectl("auth", "whoami", old)).contains("system:serviceaccount:default:old");
    lab.kubectl("delete", "serviceaccount", "old");
    secrets.await(
        "the secret is gone",
        Duration.ofSeconds(20),
        all -> all.stream().noneMatch(one -> one.getMetadata().getName().equals("old-token")));
    assertThat(lab.tryKubectl("", "auth", "whoami", old).text()).contains("Unauthorized");
  }

  @Test
  @Timeout(120)
  void thePrioritiesAreThereAndTheAuditLogFollowsItsPolicy() throws IOException {
    assertThat(lab.kubectl("get", "--raw", "/debug/api_priority_and_fairness/dump_priority_levels"))
        .contains("PriorityLevelName, ", "workload-low, ");
    Files.writeString(
        lab.folder().resolve("audit-policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - level: Request
          resources: [{group: "", resources: [configmaps]}]
        """);
    Component server = lab.component("api-server");
    lab.lab().require(server).kill();
    lab.lab().start(server, lab.topology());
    while (lab.tryKubectl("", "get", "--raw", "/readyz").code() != 0) {
      Thread.onSpinWait();
    }
    lab.kubectl("create", "configmap", "seen", "--from-literal=a=b");
    lab.kubectl("delete", "configmap", "seen");
    List<String> lines = Files.readAllLines(lab.folder().resolve("logs/audit.log"));
    assertThat(lines)
        .anyMatch(
            line ->
                line.contains("\"level\":\"Request\"")
                    && line.contains("\"verb\":\"create\"")
                    && line.contains("\"data\":{\"a\":\"b\"}")
                    && line.contains("\"username\":\"kubernetes-admin\"")
                    && line.contains("\"authorization.k8s.io/decision\":\"allow\""));
    assertThat(lab.kubectl("get", "flowschemas", "--no-headers"))
        .contains("system-leader-election", "catch-all", "False");
  }
}
