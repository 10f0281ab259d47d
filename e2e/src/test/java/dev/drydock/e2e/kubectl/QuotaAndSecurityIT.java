package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.client.resource.Kinds;
import dev.drydock.e2e.cluster.TestLab;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Limits that the cluster sets its users, with the real kubectl.
class QuotaAndSecurityIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(1, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void awaitUsed(String namespace, String resource, String amount) {
    lab.watch(Kinds.RESOURCE_QUOTA)
        .await(
            resource + "=" + amount + " in " + namespace,
            SOON,
            quotas ->
                quotas.stream()
                    .filter(quota -> quota.getMetadata().getNamespace().equals(namespace))
                    .filter(quota -> quota.getStatus() != null)
                    .anyMatch(
                        quota ->
                            Quantity.parse(amount)
                                .equals(quota.getStatus().getUsed().get(resource))));
  }

  @Test
  void aQuotaIsCountedEnforcedAndGivenBack() {
    lab.kubectl("create", "namespace", "quota");
    lab.kubectl(
        "create", "quota", "q", "-n", "quota", "--hard=pods=2,requests.cpu=1,count/configmaps=3");
    awaitUsed("quota", "count/configmaps", "1");
    String overrides =
        "--overrides={\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"nginx\",\"resources\":"
            + "{\"requests\":{\"cpu\":\"600m\"}}}]}}";
    lab.kubectl("run", "a", "-n", "quota", "--image=nginx", overrides);
    TestLab.Output refused =
        lab.tryKubectl(
            "",
            "run",
            "b",
            "-n",
            "quota",
            "--image=nginx",
            overrides.replace("600m", "500m").replace("\"a\"", "\"b\""));
    assertThat(refused.text())
        .contains(
            "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=500m, used:"
                + " requests.cpu=600m, limited: requests.cpu=1");
    assertThat(lab.tryKubectl("", "run", "c", "-n", "quota", "--image=nginx").text())
        .contains("failed quota: q: must specify requests.cpu for: c");
    assertThat(lab.kubectl("describe", "quota", "q", "-n", "quota"))
        .containsPattern("pods +1 +2")
        .containsPattern("requests.cpu +600m +1");
    lab.kubectl("delete", "pod", "a", "-n", "quota", "--now");
    awaitUsed("quota", "pods", "0");
  }

  @Test
  void aRestrictedNamespaceRefusesPodsAndWarnsOfTemplates() {
    lab.kubectl("create", "namespace", "strict");
    lab.kubectl("label", "namespace", "strict", "pod-security.kubernetes.io/enforce=restricted");
    assertThat(lab.tryKubectl("", "run", "p", "-n", "strict", "--image=nginx").text())
        .contains("violates PodSecurity \"restricted:latest\": allowPrivilegeEscalation != false");
    assertThat(
            lab.tryKubectl("", "create", "deployment", "d", "-n", "strict", "--image=nginx").text())
        .contains("Warning: would violate PodSecurity \"restricted:latest\"")
        .contains("deployment.apps/d created");
  }

  @Test
  void theControlPlaneIsHealthy() {
    assertThat(lab.kubectl("get", "componentstatuses", "--no-headers").lines())
        .filteredOn(line -> !line.startsWith("Warning: "))
        .hasSize(3)
        .allMatch(line -> line.matches("\\S+ +Healthy +ok +"));
  }
}
