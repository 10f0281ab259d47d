package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class KindsTest {
  private static final String DEPLOYMENT =
      "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 3,"
          + " selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},"
          + " spec: {containers: [{name: c, image: 'nginx:1'}]}}}}";
  private static final String JOB =
      "{apiVersion: batch/v1, kind: Job, metadata: {name: j}, spec: {template: {spec:"
          + " {restartPolicy: Never, containers: [{name: c, image: 'nginx:1'}]}}}}";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aDeploymentGetsItsDefaults() {
    ObjectNode deployment =
        api.create("apps/v1/deployments", "default", DEPLOYMENT).object().tree();

    assertThat(text(deployment, "/spec/strategy/type")).isEqualTo("RollingUpdate");
    assertThat(text(deployment, "/spec/strategy/rollingUpdate/maxSurge")).isEqualTo("25%");
    assertThat(text(deployment, "/spec/progressDeadlineSeconds")).isEqualTo("600");
    assertThat(text(deployment, "/spec/template/spec/containers/0/imagePullPolicy"))
        .isEqualTo("IfNotPresent");
    assertThat(text(deployment, "/metadata/generation")).isEqualTo("1");
  }

  @Test
  void aSelectorMustMatchItsTemplateAndNeverChanges() {
    assertThatThrownBy(
            () ->
                api.create(
                    "apps/v1/deployments",
                    "default",
                    DEPLOYMENT.replace("labels: {app: web}", "labels: {app: other}")))
        .hasMessage(
            "Deployment.apps \"web\" is invalid: spec.template.metadata.labels: Invalid value:"
                + " {\"app\":\"other\"}: `selector` does not match template `labels`");
    api.create("apps/v1/deployments", "default", DEPLOYMENT);
    assertThatThrownBy(
            () ->
                api.merge(
                    "apps/v1/deployments",
                    "default",
                    "web",
                    "{spec: {selector: {matchLabels: {app: web, x: y}}, template: {metadata:"
                        + " {labels: {x: y}}}}}"))
        .hasMessageContaining("spec.selector: Invalid value: ")
        .hasMessageContaining(": field is immutable");
  }

  @Test
  void scalingCountsAsAChangeOfWishes() {
    api.create("apps/v1/deployments", "default", DEPLOYMENT);
    var scale = new Target(type("apps/v1/deployments"), "default", "web", "scale");

    ObjectNode view = api.registry.get(api.context, scale, ReadOptions.NONE).tree();
    assertThat(text(view, "/status/selector")).isEqualTo("app=web");
    Written written =
        api.registry.patch(
            api.context,
            scale,
            new PatchBody.Merge(json("{spec: {replicas: 5}}")),
            RegistryFixture.STORED);

    assertThat(text(written.object().tree(), "/spec/replicas")).isEqualTo("5");
    var tooMany = new PatchBody.Merge(json("{spec: {replicas: 3000000000}}"));
    assertThatThrownBy(
            () -> api.registry.patch(api.context, scale, tooMany, RegistryFixture.STORED))
        .hasMessageContaining(
            "json: cannot unmarshal number 3000000000 into Go struct field"
                + " ScaleSpec.spec.replicas of type int32");
    ObjectNode deployment = api.get("apps/v1/deployments", "default", "web");
    assertThat(text(deployment, "/spec/replicas")).isEqualTo("5");
    assertThat(text(deployment, "/metadata/generation")).isEqualTo("2");
  }

  @Test
  void applyCreatesAndThenChanges() {
    var target = RegistryFixture.target("apps/v1/deployments", "default", "web");
    var options =
        new WriteOptions(
            WriteOptions.Persistence.STORED, "applier", WriteOptions.FieldValidation.STRICT);
    var first = new PatchBody.Apply(json(DEPLOYMENT), PatchBody.Conflicts.FAIL);
    var second =
        new PatchBody.Apply(
            json(DEPLOYMENT.replace("replicas: 3", "replicas: 4")), PatchBody.Conflicts.FAIL);

    Written created = api.registry.patch(api.context, target, first, options);
    Written same = api.registry.patch(api.context, target, first, options);
    Written changed = api.registry.patch(api.context, target, second, options);

    assertThat(created.outcome()).isEqualTo(Written.Outcome.CREATED);
    assertThat(same.outcome()).isEqualTo(Written.Outcome.UNCHANGED);
    assertThat(changed.outcome()).isEqualTo(Written.Outcome.CHANGED);
    assertThat(text(changed.object().tree(), "/metadata/managedFields/0/operation"))
        .isEqualTo("Apply");
  }

  @Test
  void anUpdateWithoutFieldOwnersKeepsThemAndIsRecordedToo() {
    var target = RegistryFixture.target("apps/v1/deployments", "default", "web");
    var options =
        new WriteOptions(
            WriteOptions.Persistence.STORED, "scaler", WriteOptions.FieldValidation.STRICT);
    api.create("apps/v1/deployments", "default", DEPLOYMENT);

    Written scaled =
        api.registry.update(
            api.context, target, json(DEPLOYMENT.replace("replicas: 3", "replicas: 4")), options);

    assertThat(scaled.object().tree().path("metadata").path("managedFields").toString())
        .contains("\"manager\":\"test\"", "\"manager\":\"scaler\"");
  }

  @Test
  void whoDeletesAJobHearsThatItsPodsStay() {
    String warning =
        "child pods are preserved by default when jobs are deleted; set"
            + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan to"
            + " suppress this warning";
    api.create("batch/v1/jobs", "default", JOB);
    var chosen = new DeleteOptions(null, "Orphan", "", "", WriteOptions.Persistence.DRY_RUN);
    var target = RegistryFixture.target("batch/v1/jobs", "default", "j");

    api.registry.delete(api.context, target, chosen, ReadOptions.NONE);
    assertThat(api.warnings).isEmpty();

    api.delete("batch/v1/jobs", "default", "j");
    assertThat(api.warnings).containsExactly(warning);
  }

  @Test
  void anApplyKeepsWhatTheServerAdded() {
    api.create("batch/v1/jobs", "default", JOB);

    Written applied =
        api.registry.patch(
            api.context,
            RegistryFixture.target("batch/v1/jobs", "default", "j"),
            new PatchBody.Apply(json(JOB), PatchBody.Conflicts.FORCE),
            new WriteOptions(
                WriteOptions.Persistence.STORED, "a", WriteOptions.FieldValidation.STRICT));

    assertThat(text(applied.object().tree(), "/spec/selector/matchLabels"))
        .contains("batch.kubernetes.io/controller-uid");
    assertThat(applied.object().tree().path("metadata").path("managedFields").toString())
        .doesNotContain("f:selector");
  }

  @Test
  void aNamespaceEndsWhenItIsFinalized() {
    api.create("namespaces", "", "{metadata: {name: x}}");

    assertThat(api.delete("namespaces", "", "x")).isInstanceOf(Deleted.Pending.class);
    ObjectNode ending = api.get("namespaces", "", "x");
    assertThat(text(ending, "/status/phase")).isEqualTo("Terminating");
    assertThatThrownBy(() -> api.create("configmaps", "x", "{metadata: {name: c}}"))
        .hasMessage(
            "configmaps \"c\" is forbidden: unable to create new content in namespace x because"
                + " it is being terminated");

    ((ObjectNode) ending.get("spec")).remove("finalizers");
    Written last =
        api.registry.update(
            api.context,
            new Target(type("namespaces"), "", "x", "finalize"),
            ending,
            RegistryFixture.STORED);
    assertThat(last.outcome()).isEqualTo(Written.Outcome.REMOVED);
  }

  @Test
  void someNamespacesNeverEnd() {
    assertThatThrownBy(() -> api.delete("namespaces", "", "default"))
        .hasMessage("namespaces \"default\" is forbidden: this namespace may not be deleted");
  }

  @Test
  void plainTextOfASecretIsEncoded() {
    ObjectNode secret =
        api.create("secrets", "default", "{metadata: {name: s}, stringData: {a: hello}}")
            .object()
            .tree();

    assertThat(text(secret, "/data/a")).isEqualTo("aGVsbG8=");
    assertThat(text(secret, "/type")).isEqualTo("Opaque");
    assertThat(secret.has("stringData")).isFalse();
  }

  @Test
  void anImmutableConfigMapStaysAsItIs() {
    api.create("configmaps", "default", "{metadata: {name: c}, immutable: true, data: {a: b}}");

    assertThatThrownBy(() -> api.merge("configmaps", "default", "c", "{data: {a: c}}"))
        .hasMessage(
            "ConfigMap \"c\" is invalid: data: Forbidden: field is immutable when `immutable` is"
                + " set");
  }

  @Test
  void aBindingKeepsItsRole() {
    String binding =
        "{metadata: {name: b}, roleRef: {kind: ClusterRole, name: view}, subjects: [{kind: User,"
            + " name: jane}]}";
    api.create("rbac.authorization.k8s.io/v1/clusterrolebindings", "", binding);

    assertThatThrownBy(
            () ->
                api.merge(
                    "rbac.authorization.k8s.io/v1/clusterrolebindings",
                    "",
                    "b",
                    "{roleRef: {name: admin}}"))
        .hasMessageContaining("cannot change roleRef");
  }

  @Test
  void aServiceAccountGetsAToken() {
    ObjectNode answer =
        api.registry
            .create(
                api.context,
                new Target(type("serviceaccounts"), "default", "default", "token"),
                json("{spec: {expirationSeconds: 600}}"),
                RegistryFixture.STORED)
            .object()
            .tree();

    assertThat(text(answer, "/status/token")).contains("name=default");
    assertThat(text(answer, "/status/expirationTimestamp")).isEqualTo("1970-01-01T00:10:00Z");
  }

  @Test
  void oneLearnsWhoOneIs() {
    ObjectNode answer =
        api.create("authentication.k8s.io/v1/selfsubjectreviews", "", "{}").object().tree();

    assertThat(text(answer, "/status/userInfo/username")).isEqualTo("kubernetes-admin");
  }

  @Test
  void autoscalersAreServedInBothVersions() {
    api.create(
        "autoscaling/v1/horizontalpodautoscalers",
        "default",
        "{metadata: {name: h}, spec: {maxReplicas: 5, targetCPUUtilizationPercentage: 80,"
            + " scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}}");

    ObjectNode second = api.get("autoscaling/v2/horizontalpodautoscalers", "default", "h");
    ObjectNode first = api.get("autoscaling/v1/horizontalpodautoscalers", "default", "h");

    assertThat(text(second, "/spec/metrics/0/resource/target/averageUtilization")).isEqualTo("80");
    assertThat(text(first, "/spec/targetCPUUtilizationPercentage")).isEqualTo("80");
  }
}
