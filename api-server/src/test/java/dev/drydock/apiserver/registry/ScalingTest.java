package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.PatchBody.Conflicts;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes through `scale` and `status`, and who owns what they wrote.
class ScalingTest {
  private static final String DEPLOYMENTS = "apps/v1/deployments";
  private static final String DEPLOYMENT =
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3, selector:"
          + " {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec:"
          + " {containers: [{name: c, image: nginx}]}}}}";
  private static final Target SCALE = new Target(type(DEPLOYMENTS), "default", "web", "scale");

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  private static WriteOptions by(String manager) {
    return new WriteOptions(
        WriteOptions.Persistence.STORED, manager, WriteOptions.FieldValidation.STRICT);
  }

  private ObjectNode patch(Target target, PatchBody patch, String manager) {
    return api.registry.patch(api.context, target, patch, by(manager)).object().tree();
  }

  private static PatchBody apply(String intent, Conflicts conflicts) {
    return new PatchBody.Apply(json(intent), conflicts);
  }

  private static String scale(int replicas) {
    return "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: web}, spec: {replicas: "
        + replicas
        + "}}";
  }

  /// Each entry as `manager operation version subresource`, and whether it owns the replicas.
  private List<String> owners() {
    var owners = new ArrayList<String>();
    for (JsonNode entry : api.get(DEPLOYMENTS, "default", "web").at("/metadata/managedFields")) {
      owners.add(
          String.join(
              " ",
              text(entry, "/manager"),
              text(entry, "/operation"),
              text(entry, "/apiVersion"),
              text(entry, "/subresource"),
              entry.at("/fieldsV1/f:spec").has("f:replicas") ? "replicas" : "-"));
    }
    return owners;
  }

  @Test
  void whoScalesOwnsTheReplicasThroughTheScale() {
    patch(target(DEPLOYMENTS, "default", "web"), apply(DEPLOYMENT, Conflicts.FAIL), "ci");
    ObjectNode scaled = patch(SCALE, new PatchBody.Merge(json("{spec: {replicas: 5}}")), "hpa");

    assertThat(owners())
        .containsExactlyInAnyOrder("ci Apply apps/v1  -", "hpa Update apps/v1 scale replicas");
    assertThat(scaled.at("/metadata").has("managedFields")).isFalse();
    JsonNode entry = api.get(DEPLOYMENTS, "default", "web").at("/metadata/managedFields/1");
    assertThat(entry.at("/fieldsV1")).isEqualTo(json("{'f:spec': {'f:replicas': {}}}"));
    assertThat(entry.has("time")).isFalse();

    assertThatThrownBy(
            () ->
                patch(
                    target(DEPLOYMENTS, "default", "web"), apply(DEPLOYMENT, Conflicts.FAIL), "ci"))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"hpa\" with subresource \"scale\" using"
                + " apps/v1: .spec.replicas");
  }

  @Test
  void scalingToTheSameNumberTakesNothing() {
    patch(target(DEPLOYMENTS, "default", "web"), apply(DEPLOYMENT, Conflicts.FAIL), "ci");
    ObjectNode before = api.get(DEPLOYMENTS, "default", "web");
    api.registry.update(api.context, SCALE, json(scale(3)), by("hpa"));

    assertThat(api.get(DEPLOYMENTS, "default", "web")).isEqualTo(before);
  }

  @Test
  void aScaleCanBeApplied() {
    patch(target(DEPLOYMENTS, "default", "web"), apply(DEPLOYMENT, Conflicts.FAIL), "ci");

    assertThatThrownBy(() -> patch(SCALE, apply(scale(4), Conflicts.FAIL), "hpa"))
        .hasMessage("Apply failed with 1 conflict: conflict with \"ci\": .spec.replicas");
    ObjectNode scaled = patch(SCALE, apply(scale(4), Conflicts.FORCE), "hpa");

    assertThat(text(scaled, "/spec/replicas")).isEqualTo("4");
    assertThat(owners())
        .containsExactlyInAnyOrder("ci Apply apps/v1  -", "hpa Apply apps/v1 scale replicas");
    patch(SCALE, apply(scale(4), Conflicts.FAIL), "other");
    assertThat(owners())
        .containsExactlyInAnyOrder(
            "ci Apply apps/v1  -",
            "hpa Apply apps/v1 scale replicas",
            "other Apply apps/v1 scale replicas");
  }

  @Test
  void anAppliedScaleMustBeAScaleOfThatName() {
    api.create(DEPLOYMENTS, "default", DEPLOYMENT);
    assertThatThrownBy(() -> patch(SCALE, apply(DEPLOYMENT, Conflicts.FAIL), "hpa"))
        .hasMessageContaining("Deployment in version \"v1\" cannot be handled as a Scale");
    assertThatThrownBy(
            () -> patch(SCALE, apply(scale(4).replace("web", "x"), Conflicts.FAIL), "hpa"))
        .hasMessageContaining("does not match the name on the URL (web)");
    assertThatThrownBy(() -> patch(SCALE, apply(scale(4), Conflicts.FAIL), ""))
        .hasMessageContaining("fieldManager: Required value: is required for apply patch");
    assertThatThrownBy(
            () -> patch(SCALE, apply(scale(4).replace("spec:", "spce:"), Conflicts.FAIL), "hpa"))
        .hasMessageContaining(".spce: field not declared in schema");
  }

  @Test
  void anAppliedStatusIsOwnedApartFromTheRest() {
    patch(target(DEPLOYMENTS, "default", "web"), apply(DEPLOYMENT, Conflicts.FAIL), "ci");
    var status = new Target(type(DEPLOYMENTS), "default", "web", "status");
    String intent =
        DEPLOYMENT.replace(
            "spec: {replicas: 3,", "status: {observedGeneration: 1}, spec: {replicas: 9,");
    patch(status, apply(intent, Conflicts.FAIL), "ci");

    ObjectNode now = api.get(DEPLOYMENTS, "default", "web");
    assertThat(owners())
        .containsExactlyInAnyOrder("ci Apply apps/v1  replicas", "ci Apply apps/v1 status -");
    assertThat(text(now, "/spec/replicas")).isEqualTo("3");
    assertThat(text(now, "/status/observedGeneration")).isEqualTo("1");
    patch(target(DEPLOYMENTS, "default", "web"), apply(intent, Conflicts.FORCE), "ci");
    assertThat(text(api.get(DEPLOYMENTS, "default", "web"), "/status/observedGeneration"))
        .as("an apply to the object itself neither takes the status nor takes it away")
        .isEqualTo("1");
  }

  @Test
  void recordsCantBeDroppedThroughASubresource() {
    api.create(DEPLOYMENTS, "default", DEPLOYMENT);
    List<String> before = owners();
    var status = new Target(type(DEPLOYMENTS), "default", "web", "status");
    patch(
        status,
        new PatchBody.Merge(json("{metadata: {managedFields: [{}]}, status: {replicas: 1}}")),
        "test");
    assertThat(owners()).containsAll(before).hasSize(before.size() + 1);
  }

  @Test
  void webhooksSeeTheScaleItself() throws Exception {
    api.create(DEPLOYMENTS, "default", DEPLOYMENT);
    try (var server =
        new WebhookServer(
            _ ->
                WebhookServer.patch(
                    "[{\"op\": \"replace\", \"path\": \"/spec/replicas\", \"value\": 7}]"))) {
      api.registry.create(
          api.context,
          target("admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", "", ""),
          (ObjectNode)
              RegistryFixture.JSON.readTree(
                  """
                  {"metadata": {"name": "test"}, "webhooks": [{"name": "a.b.c",
                    "sideEffects": "None", "admissionReviewVersions": ["v1"], "clientConfig": %s,
                    "rules": [{"operations": ["UPDATE"], "apiGroups": ["apps"],
                      "apiVersions": ["v1"], "resources": ["deployments/scale"]}]}]}
                  """
                      .formatted(server.byUrl())),
          RegistryFixture.STORED);
      // Whoever has read it since sees it in admission too.
      api.list(
          "admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", "", ReadOptions.NONE);
      ObjectNode scaled = patch(SCALE, new PatchBody.Merge(json("{spec: {replicas: 5}}")), "test");

      JsonNode request = server.asked.getFirst().path("request");
      assertThat(text(request, "/kind/kind")).isEqualTo("Scale");
      assertThat(text(request, "/resource/resource")).isEqualTo("deployments");
      assertThat(text(request, "/subResource")).isEqualTo("scale");
      assertThat(text(request, "/object/spec/replicas")).isEqualTo("5");
      assertThat(text(request, "/oldObject/spec/replicas")).isEqualTo("3");
      assertThat(text(scaled, "/spec/replicas")).isEqualTo("7");
    }
  }
}
