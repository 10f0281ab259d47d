package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.target;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.PatchBody.Conflicts;
import dev.drydock.apiserver.request.WriteOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Who owns what of a kind whose clients speak two versions.
class FieldsOfVersionsTest {
  private static final String V1 = "autoscaling/v1/horizontalpodautoscalers";
  private static final String V2 = "autoscaling/v2/horizontalpodautoscalers";

  private final RegistryFixture fixture = new RegistryFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static String head(String version) {
    return "apiVersion: autoscaling/"
        + version
        + ", kind: HorizontalPodAutoscaler, metadata: {name: a}, ";
  }

  private static String spec(String version, String more) {
    return "{"
        + head(version)
        + "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, "
        + more
        + "}}";
  }

  private static String cpu(int percent) {
    return "metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization,"
        + " averageUtilization: "
        + percent
        + "}}}]";
  }

  private ObjectNode apply(String resource, String manager, Conflicts conflicts, String intent) {
    return fixture
        .registry
        .patch(
            fixture.context,
            target(resource, "default", "a"),
            new PatchBody.Apply(YamlCodec.decode(intent).tree(), conflicts),
            new WriteOptions(
                WriteOptions.Persistence.STORED, manager, WriteOptions.FieldValidation.STRICT))
        .object()
        .tree();
  }

  private static List<String> entries(ObjectNode object) {
    var entries = new ArrayList<String>();
    for (JsonNode entry : object.at("/metadata/managedFields")) {
      entries.add(
          text(entry, "/manager")
              + " "
              + text(entry, "/apiVersion")
              + " "
              + String.join(",", entry.at("/fieldsV1/f:spec").propertyNames()));
    }
    return entries;
  }

  @Test
  void fieldsAreOwnedInTheVersionOfTheirWriter() {
    ObjectNode made =
        fixture
            .create(V1, "default", spec("v1", "maxReplicas: 5, targetCPUUtilizationPercentage: 60"))
            .object()
            .tree();

    assertThat(entries(made))
        .containsExactly(
            "test autoscaling/v1 f:maxReplicas,f:minReplicas,f:scaleTargetRef,"
                + "f:targetCPUUtilizationPercentage");
    assertThat(entries(fixture.get(V2, "default", "a"))).isEqualTo(entries(made));
  }

  @Test
  void aConflictIsSeenAcrossVersions() {
    fixture.create(V1, "default", spec("v1", "maxReplicas: 5, targetCPUUtilizationPercentage: 60"));

    String wanted = spec("v2", "maxReplicas: 5, " + cpu(80));
    assertThatThrownBy(() -> apply(V2, "me", Conflicts.FAIL, wanted))
        .hasMessage(
            "Apply failed with 1 conflict: conflict with \"test\" using autoscaling/v1:"
                + " .spec.targetCPUUtilizationPercentage");

    ObjectNode forced = apply(V2, "me", Conflicts.FORCE, wanted);
    assertThat(entries(forced))
        .containsExactly(
            "me autoscaling/v2 f:maxReplicas,f:metrics,f:scaleTargetRef",
            "test autoscaling/v1 f:maxReplicas,f:minReplicas,f:scaleTargetRef");
  }

  @Test
  void anApplyInAnotherVersionTakesOutWhatTheLastOneHadAndNobodyHolds() {
    apply(V1, "me", Conflicts.FAIL, spec("v1", "minReplicas: 3, maxReplicas: 5"));
    apply(V1, "you", Conflicts.FAIL, "{" + head("v1") + "spec: {maxReplicas: 5}}");

    ObjectNode now = apply(V2, "me", Conflicts.FAIL, spec("v2", cpu(50)));

    assertThat(text(now, "/spec/minReplicas")).as("the default").isEqualTo("1");
    assertThat(text(now, "/spec/maxReplicas")).as("the other's").isEqualTo("5");
    assertThat(entries(now))
        .containsExactly(
            "you autoscaling/v1 f:maxReplicas", "me autoscaling/v2 f:metrics,f:scaleTargetRef");
    assertThat(entries(apply(V2, "me", Conflicts.FAIL, spec("v2", cpu(50)))))
        .isEqualTo(entries(now));
  }

  @Test
  void anEntryOfAVersionThatThereIsNotIsDropped() {
    fixture.create(V2, "default", spec("v2", "maxReplicas: 5"));
    ObjectNode object = fixture.get(V2, "default", "a");
    ObjectNode old = (ObjectNode) object.at("/metadata/managedFields/0").deepCopy();
    old.put("apiVersion", "autoscaling/v2beta1").put("manager", "old");
    object.withArray("/metadata/managedFields").add(old);

    assertThat(entries(fixture.update(V2, "default", object).object().tree()))
        .containsExactly(
            "test autoscaling/v2 f:maxReplicas,f:metrics,f:minReplicas,f:scaleTargetRef");
  }

  @Test
  void kubectlMayTakeOverWhatItWroteBeforeTheServerApplied() {
    writtenByKubectl("v1", "{'k':'old'}");
    String mine = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: new}}";
    assertThatThrownBy(() -> apply("configmaps", "helm", Conflicts.FAIL, mine))
        .hasMessageContaining("conflict with \"test\"");
    assertThat(text(apply("configmaps", "kubectl", Conflicts.FAIL, mine), "/data/k"))
        .isEqualTo("new");
    String more = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: x, l: x}}";
    assertThatThrownBy(() -> apply("configmaps", "kubectl", Conflicts.FAIL, more))
        .hasMessage("Apply failed with 1 conflict: conflict with \"test\" using v1: .data.l");
  }

  @Test
  void whatWasChangedSinceKubectlWroteItIsNotItsToTake() {
    writtenByKubectl("v1", "{'k':'old','l':'old'}");
    ObjectNode object = fixture.get("configmaps", "default", "a");
    ((ObjectNode) object.get("data")).put("k", "changed");
    fixture.update("configmaps", "default", object);

    String mine = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: old, l: new}}";
    assertThatThrownBy(() -> apply("configmaps", "kubectl", Conflicts.FAIL, mine))
        .hasMessage("Apply failed with 1 conflict: conflict with \"test\" using v1: .data.k");
  }

  @Test
  void whatKubectlWroteInAnotherVersionIsNotItsToTake() {
    writtenByKubectl("v2", "{'k':'old'}");
    String mine = "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {k: new}}";
    assertThatThrownBy(() -> apply("configmaps", "kubectl", Conflicts.FAIL, mine))
        .hasMessage("Apply failed with 1 conflict: conflict with \"test\" using v1: .data.k");
  }

  /// A ConfigMap whose `k` and `l` are old, and which kubectl once wrote.
  private void writtenByKubectl(String version, String data) {
    fixture.create("configmaps", "default", "{metadata: {name: a}, data: {k: old, l: old}}");
    ObjectNode object = fixture.get("configmaps", "default", "a");
    object
        .withObject("/metadata/annotations")
        .put(
            "kubectl.kubernetes.io/last-applied-configuration",
            "{'apiVersion':'%s','kind':'ConfigMap','data':%s}"
                .formatted(version, data)
                .replace('\'', '"'));
    fixture.update("configmaps", "default", object);
  }
}
