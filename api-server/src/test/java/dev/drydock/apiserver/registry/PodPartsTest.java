package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.Target;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What may be changed of a pod through `resize` and `ephemeralcontainers`.
class PodPartsTest {
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx, resources: {requests:"
          + " {cpu: '100m', memory: '64Mi'}, limits: {memory: '128Mi'}}}]}}";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private ObjectNode patch(String subresource, String loose) {
    return api.registry
        .patch(
            api.context,
            new Target(type("pods"), "default", "p", subresource),
            new PatchBody.StrategicMerge(json(loose)),
            RegistryFixture.STORED)
        .object()
        .tree();
  }

  private static String container(String fields) {
    return "{spec: {containers: [{name: c, " + fields + "}]}}";
  }

  @Test
  void aResizeChangesResourcesAndNothingElse() {
    api.create("pods", "default", POD);

    ObjectNode after =
        patch(
            "resize",
            "{metadata: {labels: {a: b}}, spec: {hostNetwork: true, containers: [{name: c, image:"
                + " other, resources: {requests: {cpu: '200m'}}}]}}");

    assertThat(text(after, "/spec/containers/0/resources/requests/cpu")).isEqualTo("200m");
    assertThat(text(after, "/spec/containers/0/resources/requests/memory")).isEqualTo("64Mi");
    assertThat(text(after, "/spec/containers/0/image")).isEqualTo("nginx");
    assertThat(text(after, "/metadata/labels/a")).isEmpty();
    assertThat(text(after, "/metadata/generation")).isEqualTo("2");
    assertThatThrownBy(
            () -> api.merge("pods", "default", "p", container("image: nginx, resources: {}")))
        .hasMessageContaining("pod updates may not change fields other than");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resources: {limits: {cpu: '100m', memory: '64Mi'}}"
            + " | spec: Invalid value: \"Burstable\": Pod QOS Class may not change as a result of"
            + " resizing",
        "resources: {limits: {memory: null}} | spec.containers[0].resources.limits: Forbidden:"
            + " resource limits cannot be removed",
        "resources: {requests: {ephemeral-storage: '1Gi'}}"
            + " | spec: Forbidden: only cpu and memory resources are mutable",
        "resizePolicy: [{resourceName: cpu, restartPolicy: RestartContainer}]"
            + " | spec: Forbidden: only cpu and memory resources are mutable",
        "resources: {requests: {memory: '1Gi'}}"
            + " | spec.containers[0].resources.requests: Invalid value: \"1Gi\": must be less than"
            + " or equal to memory limit of 128Mi",
      })
  void whatAResizeMayNotDo(String change, String refusal) {
    api.create("pods", "default", POD);

    assertThatThrownBy(() -> patch("resize", container(change))).hasMessageContaining(refusal);
  }

  @Test
  void aContainerThatHadNoAmountsMayGetSome() {
    api.create(
        "pods",
        "default",
        "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx}, {name: d, image: nginx,"
            + " resources: {requests: {memory: '64Mi'}}}]}}");

    ObjectNode after = patch("resize", container("resources: {requests: {cpu: '200m'}}"));

    assertThat(text(after, "/spec/containers/0/resources/requests/cpu")).isEqualTo("200m");
  }

  @Test
  void aResizeNeitherAddsNorRemovesContainers() {
    api.create("pods", "default", POD);

    assertThatThrownBy(() -> patch("resize", "{spec: {containers: [{name: d, image: nginx}]}}"))
        .hasMessageContaining(
            "spec.containers: Forbidden: containers may not be added or removed on resize");
  }

  @Test
  void ephemeralContainersAreAddedAndStayAsTheyAre() {
    api.create("pods", "default", POD);
    String debug = "{spec: {ephemeralContainers: [{name: d, image: busybox%s}]}}";

    ObjectNode after = patch("ephemeralcontainers", debug.formatted(""));

    assertThat(text(after, "/spec/ephemeralContainers/0/name")).isEqualTo("d");
    assertThatThrownBy(() -> patch("ephemeralcontainers", debug.formatted(", tty: true")))
        .hasMessageContaining("existing ephemeral containers \"d\" may not be changed");
    assertThatThrownBy(() -> patch("ephemeralcontainers", "{spec: {ephemeralContainers: null}}"))
        .hasMessageContaining("existing ephemeral containers \"d\" may not be removed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: c, image: b | spec.ephemeralContainers[0].name: Duplicate value: \"c\"",
        "name: d, image: b, ports: [{containerPort: 1}]"
            + " | spec.ephemeralContainers[0].ports: Forbidden: cannot be set for an Ephemeral"
            + " Container",
        "name: d, image: b, targetContainerName: x"
            + " | spec.ephemeralContainers[0].targetContainerName: Not found: \"x\"",
      })
  void whatAnEphemeralContainerMayNotBe(String fields, String refusal) {
    api.create("pods", "default", POD);

    assertThatThrownBy(
            () -> patch("ephemeralcontainers", "{spec: {ephemeralContainers: [{" + fields + "}]}}"))
        .hasMessageContaining(refusal);
  }
}
