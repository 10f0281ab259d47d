package dev.drydock.e2e.kubectl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.e2e.cluster.TestLab;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Webhooks and admission policies, with the real kubectl.
class AdmissionIT {
  private static TestLab lab;

  @BeforeAll
  static void start() {
    lab = TestLab.start(1, 1);
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  private static void apply(Path folder, String name, String yaml) throws Exception {
    Path file = folder.resolve(name);
    Files.writeString(file, yaml);
    lab.kubectl("apply", "-f", file.toString());
  }

  @Test
  void aPolicyLimitsReplicasAndAWebhookThatIsGoneStopsItsKind(@TempDir Path folder)
      throws Exception {
    apply(
        folder,
        "policy.yaml",
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: few-replicas}
        spec:
          matchConstraints:
            resourceRules:
            - {apiGroups: [apps], apiVersions: [v1], operations: [CREATE, UPDATE],
               resources: [deployments]}
          validations:
          - expression: object.spec.replicas <= 2
            message: at most two replicas
        ---
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: everywhere}
        spec: {policyName: few-replicas, validationActions: [Deny]}
        """);
    lab.kubectl("create", "deployment", "small", "--image=nginx", "--replicas=2");
    assertThatThrownBy(
            () -> lab.kubectl("create", "deployment", "big", "--image=nginx", "--replicas=3"))
        .hasMessageContaining(
            "ValidatingAdmissionPolicy 'few-replicas' with binding 'everywhere' denied request:"
                + " at most two replicas");
    apply(
        folder,
        "webhook.yaml",
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: gone}
        webhooks:
        - name: gone.example.com
          clientConfig: {url: "https://127.0.0.1:1/"}
          rules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [secrets]}
          sideEffects: None
          admissionReviewVersions: [v1]
        """);
    assertThatThrownBy(() -> lab.kubectl("create", "secret", "generic", "a"))
        .hasMessageContaining("failed calling webhook \"gone.example.com\"");
    lab.kubectl("create", "configmap", "a");
    assertThat(lab.kubectl("get", "validatingwebhookconfigurations", "-o", "name"))
        .contains("gone");
  }
}
