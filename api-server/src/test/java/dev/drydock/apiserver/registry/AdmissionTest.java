package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.admission.AdmissionChoice;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// The admission plugins that are on by default, through the registry.
final class AdmissionTest {
  private static final String PLAIN_POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx}]}}";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode created(String resource, String namespace, String loose) {
    ObjectNode tree = api.create(resource, namespace, loose).object().tree();
    api.get(resource, namespace, text(tree, "/metadata/name"));
    return tree;
  }

  private void limitRange(String limits) {
    created("limitranges", "default", "{metadata: {name: l}, spec: {limits: [" + limits + "]}}");
  }

  @Test
  void containersGetTheDefaultsOfTheirLimitRange() {
    limitRange(
        "{type: Container, default: {cpu: '500m', memory: '1Gi'}, defaultRequest: {cpu: '100m',"
            + " memory: '1Gi'}}");
    ObjectNode pod = created("pods", "default", PLAIN_POD);

    assertThat(text(pod, "/spec/containers/0/resources/requests/cpu")).isEqualTo("100m");
    assertThat(text(pod, "/spec/containers/0/resources/limits/memory")).isEqualTo("1Gi");
    assertThat(pod.path("metadata").path("annotations").path("kubernetes.io/limit-ranger"))
        .hasToString(
            "\"LimitRanger plugin set: cpu, memory request for container c; cpu, memory limit for"
                + " container c\"");
  }

  @Test
  void podsOutOfTheirBoundsAreRefusedWithAllReasons() {
    limitRange(
        "{type: Container, min: {cpu: '100m'}, max: {cpu: '1'}, maxLimitRequestRatio: {cpu: '2'}}");

    assertThatThrownBy(() -> api.create("pods", "default", withCpu("50m", "2")))
        .hasMessage(
            "pods \"p\" is forbidden: [minimum cpu usage per Container is 100m, but request is 50m,"
                + " maximum cpu usage per Container is 1, but limit is 2, cpu max limit to request"
                + " ratio per Container is 2, but provided ratio is 40.000000]");
  }

  private static String withCpu(String request, String limit) {
    return "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx, resources:"
        + " {requests: {cpu: '"
        + request
        + "'}, limits: {cpu: '"
        + limit
        + "'}}}]}}";
  }

  @Test
  void claimsAreBoundedByWhatTheyRequest() {
    limitRange("{type: PersistentVolumeClaim, min: {storage: '1Gi'}, max: {storage: '2Gi'}}");

    assertThatThrownBy(() -> api.create("persistentvolumeclaims", "default", claim("3Gi")))
        .hasMessage(
            "persistentvolumeclaims \"c\" is forbidden: maximum storage usage per"
                + " PersistentVolumeClaim is 2Gi, but request is 3Gi");
  }

  private static String claim(String size) {
    return "{metadata: {name: c}, spec: {accessModes: [ReadWriteOnce], resources: {requests:"
        + " {storage: '"
        + size
        + "'}}}}";
  }

  @Test
  void aClaimGetsTheDefaultClassAndIsHeld() {
    created(
        "storage.k8s.io/v1/storageclasses",
        "",
        "{metadata: {name: fast, annotations:"
            + " {'storageclass.kubernetes.io/is-default-class': 'true'}}, provisioner: x/y}");
    ObjectNode made = created("persistentvolumeclaims", "default", claim("1Gi"));

    assertThat(text(made, "/spec/storageClassName")).isEqualTo("fast");
    assertThat(text(made, "/metadata/finalizers")).contains("kubernetes.io/pvc-protection");
  }

  @Test
  void aPodTakesOverheadAndSchedulingFromItsRuntimeClass() {
    created(
        "node.k8s.io/v1/runtimeclasses",
        "",
        "{metadata: {name: kata}, handler: kata, overhead: {podFixed: {cpu: '250m'}}, scheduling:"
            + " {nodeSelector: {kind: kata}}}");
    ObjectNode pod =
        created(
            "pods",
            "default",
            "{metadata: {name: p}, spec: {runtimeClassName: kata, containers: [{name: c, image:"
                + " nginx}]}}");

    assertThat(text(pod, "/spec/overhead/cpu")).isEqualTo("250m");
    assertThat(text(pod, "/spec/nodeSelector/kind")).isEqualTo("kata");
    assertThatThrownBy(
            () ->
                api.create(
                    "pods",
                    "default",
                    "{metadata: {name: q}, spec: {runtimeClassName: none, containers: [{name: c,"
                        + " image: nginx}]}}"))
        .hasMessage("pods \"q\" is forbidden: pod rejected: RuntimeClass \"none\" not found");
  }

  @Test
  void aNewNodeIsTainted() {
    ObjectNode node = created("nodes", "", "{metadata: {name: n}}");
    assertThat(text(node, "/spec/taints/0/key")).isEqualTo("node.kubernetes.io/not-ready");
  }

  @Test
  void aPodThatBreaksTheEnforcedStandardIsRefused() {
    created(
        "namespaces",
        "",
        "{metadata: {name: strict, labels: {'pod-security.kubernetes.io/enforce': restricted}}}");
    created("serviceaccounts", "strict", "{metadata: {name: default}}");

    assertThatThrownBy(() -> api.create("pods", "strict", PLAIN_POD))
        .hasMessage(
            "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\":"
                + " allowPrivilegeEscalation != false (container \"c\" must set"
                + " securityContext.allowPrivilegeEscalation=false), unrestricted capabilities"
                + " (container \"c\" must set securityContext.capabilities.drop=[\"ALL\"]),"
                + " runAsNonRoot != true (pod or container \"c\" must set"
                + " securityContext.runAsNonRoot=true), seccompProfile (pod or container \"c\" must"
                + " set securityContext.seccompProfile.type to \"RuntimeDefault\" or"
                + " \"Localhost\")");
  }

  @Test
  void whoMakesANamespaceStricterLearnsOfItsPods() {
    created("pods", "default", PLAIN_POD);
    api.merge(
        "namespaces",
        "",
        "default",
        "{metadata: {labels: {'pod-security.kubernetes.io/enforce': restricted}}}");

    assertThat(api.warnings)
        .containsExactly(
            "existing pods in namespace \"default\" violate the new PodSecurity enforce level"
                + " \"restricted:latest\"",
            "p: allowPrivilegeEscalation != false, unrestricted capabilities, runAsNonRoot != true,"
                + " seccompProfile");
  }

  @Test
  void unreadableSecurityLabelsAreRefused() {
    assertThatThrownBy(
            () ->
                api.create(
                    "namespaces",
                    "",
                    "{metadata: {name: n, labels: {'pod-security.kubernetes.io/enforce': strict,"
                        + " 'pod-security.kubernetes.io/warn-version': '1.20'}}}"))
        .hasMessage(
            "Namespace \"n\" is invalid: [metadata.labels[pod-security.kubernetes.io/enforce]:"
                + " Invalid value: \"strict\": must be one of privileged, baseline, restricted,"
                + " metadata.labels[pod-security.kubernetes.io/warn-version]: Invalid value:"
                + " \"1.20\": must be \"latest\" or \"v1.x\"]");
  }

  @Test
  void podsWaitAMomentForTheDefaultAccountOfANewNamespace() {
    created("namespaces", "", "{metadata: {name: fresh}}");
    assertThatThrownBy(() -> api.create("pods", "fresh", PLAIN_POD))
        .hasMessageContaining("serviceaccount \"default\" not found");

    api.whileWaiting =
        () -> {
          api.whileWaiting = () -> {};
          api.create("serviceaccounts", "fresh", "{metadata: {name: default}}");
        };
    ObjectNode pod = created("pods", "fresh", PLAIN_POD);
    assertThat(text(pod, "/spec/serviceAccountName")).isEqualTo("default");
  }

  @Test
  void unknownPluginsAreRefusedByName() {
    assertThatThrownBy(() -> new AdmissionChoice(List.of("Nonsense"), List.of()))
        .hasMessage("enable-admission-plugins plugin \"Nonsense\" is unknown");
    assertThatThrownBy(() -> new AdmissionChoice(List.of("LimitRanger"), List.of("LimitRanger")))
        .hasMessage(
            "LimitRanger in enable-admission-plugins and disable-admission-plugins overlapped");
  }
}
