package dev.drydock.apiserver.registry;

import static dev.drydock.apiserver.registry.RegistryFixture.json;
import static dev.drydock.apiserver.registry.RegistryFixture.text;
import static dev.drydock.apiserver.registry.RegistryFixture.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.ReadOptions;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class PodTest {
  private static final String POD =
      "{metadata: {name: p}, spec: {containers: [{name: c, image: nginx, ports: [{containerPort:"
          + " 80}]}]}}";

  private final RegistryFixture api = new RegistryFixture();

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void aPodGetsItsDefaults() {
    ObjectNode pod = api.create("pods", "default", POD).object().tree();

    assertThat(text(pod, "/spec/containers/0/imagePullPolicy")).isEqualTo("Always");
    assertThat(text(pod, "/spec/containers/0/terminationMessagePath"))
        .isEqualTo("/dev/termination-log");
    assertThat(text(pod, "/spec/containers/0/ports/0/protocol")).isEqualTo("TCP");
    assertThat(text(pod, "/spec/restartPolicy")).isEqualTo("Always");
    assertThat(text(pod, "/spec/serviceAccountName")).isEqualTo("default");
    assertThat(text(pod, "/spec/enableServiceLinks")).isEqualTo("true");
    assertThat(text(pod, "/spec/priority")).isEqualTo("0");
    assertThat(text(pod, "/spec/tolerations/0/key")).isEqualTo("node.kubernetes.io/not-ready");
    assertThat(text(pod, "/spec/volumes/0/name")).startsWith("kube-api-access-");
    assertThat(text(pod, "/spec/containers/0/volumeMounts/0/mountPath"))
        .isEqualTo("/var/run/secrets/kubernetes.io/serviceaccount");
    assertThat(text(pod, "/status/phase")).isEqualTo("Pending");
    assertThat(text(pod, "/status/qosClass")).isEqualTo("BestEffort");
    assertThat(text(pod, "/metadata/generation")).isEqualTo("1");
  }

  @Test
  void whatIsWrongWithAPodIsToldAllAtOnce() {
    assertThatThrownBy(
            () ->
                api.create(
                    "pods",
                    "default",
                    "{metadata: {name: p}, spec: {restartPolicy: Sometimes, containers: [{name:"
                        + " 'A', image: nginx, volumeMounts: [{name: v, mountPath: /v}]}]}}"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e ->
                assertThat(e.status().details().causes())
                    .extracting(Object::toString)
                    .containsExactly(
                        "spec.containers[0].name: Invalid value: \"A\": a lowercase RFC 1123 label"
                            + " must consist of lower case alphanumeric characters or '-', and"
                            + " must start and end with an alphanumeric character (e.g."
                            + " 'my-name',  or '123-abc', regex used for validation is"
                            + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
                        "spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
                        "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values:"
                            + " \"Always\", \"OnFailure\", \"Never\""));
  }

  @Test
  void aPodIsBoundOnce() {
    api.create("pods", "default", POD);
    bind("n1");

    assertThat(text(api.get("pods", "default", "p"), "/spec/nodeName")).isEqualTo("n1");
    assertThat(text(api.get("pods", "default", "p"), "/metadata/generation")).isEqualTo("1");
    assertThat(text(api.get("pods", "default", "p"), "/status/conditions/0/type"))
        .isEqualTo("PodScheduled");
    assertThatThrownBy(() -> bind("n2"))
        .hasMessage(
            "Operation cannot be fulfilled on pods/binding \"p\": pod p is already assigned to"
                + " node \"n1\"");
  }

  @Test
  void aBoundPodEndsWhenItsKubeletSaysSo() {
    api.create("pods", "default", POD);
    bind("n1");

    assertThat(api.delete("pods", "default", "p")).isInstanceOf(Deleted.Pending.class);
    ObjectNode ending = api.get("pods", "default", "p");
    assertThat(text(ending, "/metadata/deletionTimestamp")).isEqualTo("2026-01-01T00:00:30Z");
    assertThat(text(ending, "/metadata/deletionGracePeriodSeconds")).isEqualTo("30");
    assertThat(text(ending, "/metadata/generation")).isEqualTo("2");

    assertThat(deleteNow()).isInstanceOf(Deleted.Gone.class);
    assertThatThrownBy(() -> api.get("pods", "default", "p")).hasMessage("pods \"p\" not found");
  }

  @Test
  void labelKeysBecomePartOfTheSelectorsOfANewPod() {
    api.create(
        "pods",
        "default",
        "{metadata: {name: keys, labels: {app: a, h: '1'}}, spec: {containers: [{name: c,"
            + " image: nginx}], topologySpreadConstraints: [{maxSkew: 1, topologyKey: z,"
            + " whenUnsatisfiable: DoNotSchedule, labelSelector: {}, matchLabelKeys: [h,"
            + " none]}], affinity: {podAntiAffinity:"
            + " {preferredDuringSchedulingIgnoredDuringExecution: [{weight: 1,"
            + " podAffinityTerm: {topologyKey: z, labelSelector: {matchLabels: {app: b}},"
            + " matchLabelKeys: [h], mismatchLabelKeys: [app]}}]}}}}");

    ObjectNode pod = api.get("pods", "default", "keys");

    assertThat(pod.at("/spec/topologySpreadConstraints/0/labelSelector"))
        .isEqualTo(json("{matchExpressions: [{key: h, operator: In, values: ['1']}]}"));
    assertThat(
            pod.at(
                "/spec/affinity/podAntiAffinity/preferredDuringSchedulingIgnoredDuringExecution/0"
                    + "/podAffinityTerm/labelSelector/matchExpressions"))
        .isEqualTo(
            json("{a: [{key: h, operator: In, values: ['1']}, {key: app, operator: NotIn,"
                    + " values: [a]}]}")
                .get("a"));
  }

  @Test
  void anUnboundPodGoesAtOnce() {
    api.create("pods", "default", POD);

    assertThat(api.delete("pods", "default", "p")).isInstanceOf(Deleted.Gone.class);
  }

  @Test
  void onlyTheImageOfAPodMayChange() {
    api.create("pods", "default", POD);

    ObjectNode other = api.get("pods", "default", "p");
    ((ObjectNode) other.at("/spec/containers/0")).put("image", "nginx:2");
    assertThat(api.update("pods", "default", other).outcome()).isEqualTo(Written.Outcome.CHANGED);
    assertThatThrownBy(() -> api.merge("pods", "default", "p", "{spec: {hostNetwork: true}}"))
        .hasMessageStartingWith(
            "Pod \"p\" is invalid: spec: Forbidden: pod updates may not change fields other"
                + " than `spec.containers[*].image`");
  }

  @Test
  void aStatusWriteTouchesNothingElse() {
    api.create("pods", "default", POD);
    ObjectNode pod = api.get("pods", "default", "p");
    ((ObjectNode) pod.get("spec")).put("nodeName", "sneaky");
    ((ObjectNode) pod.get("status")).put("phase", "Running");

    ObjectNode after =
        api.registry
            .update(
                api.context,
                new Target(type("pods"), "default", "p", "status"),
                pod,
                RegistryFixture.STORED)
            .object()
            .tree();

    assertThat(text(after, "/status/phase")).isEqualTo("Running");
    assertThat(text(after, "/spec/nodeName")).isEmpty();
    assertThat(text(after, "/metadata/generation")).isEqualTo("1");
  }

  @Test
  void podsAreSelectedByNode() {
    api.create("pods", "default", POD);
    api.create("pods", "default", POD.replace("name: p", "name: q"));
    bind("n1");

    ReadOptions onNode =
        new ReadOptions(
            "",
            "spec.nodeName=n1",
            "",
            "",
            0,
            "",
            ReadOptions.InitialEvents.UNSET,
            ReadOptions.Bookmarks.NOT_WANTED);
    assertThat(api.list("pods", "", onNode).items())
        .extracting(StoredObject::name)
        .containsExactly("p");
  }

  @Test
  void anEvictionRespectsTheBudget() {
    api.create("pods", "default", POD.replace("name: p", "name: p, labels: {app: x}"));
    bind("n1");
    api.patchStatus("pods", "p", "{phase: Running}");
    api.create(
        "policy/v1/poddisruptionbudgets",
        "default",
        "{metadata: {name: b}, spec: {minAvailable: 1, selector: {matchLabels: {app: x}}}}");

    assertThatThrownBy(this::evict)
        .hasMessage("Cannot evict pod as it would violate the pod's disruption budget.");

    api.patchStatus(
        "policy/v1/poddisruptionbudgets",
        "b",
        "{observedGeneration: 1, disruptionsAllowed: 1, currentHealthy: 2, desiredHealthy: 1}");
    evict();
    assertThat(text(api.get("pods", "default", "p"), "/metadata/deletionTimestamp")).isNotEmpty();
  }

  private void evict() {
    api.registry.create(
        api.context,
        new Target(type("pods"), "default", "p", "eviction"),
        json("{apiVersion: policy/v1, kind: Eviction, metadata: {name: p}}"),
        RegistryFixture.STORED);
  }

  private void bind(String node) {
    api.registry.create(
        api.context,
        new Target(type("pods"), "default", "p", "binding"),
        json("{metadata: {name: p}, target: {kind: Node, name: " + node + "}}"),
        RegistryFixture.STORED);
  }

  @Test
  void theOlderAddressOfBindingsBindsToo() {
    api.create(
        "pods", "default", "{metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}");
    api.registry.create(
        api.context,
        RegistryFixture.target("bindings", "default", ""),
        json("{metadata: {name: p}, target: {kind: Node, name: n1}}"),
        RegistryFixture.STORED);
    assertThat(text(api.get("pods", "default", "p"), "/spec/nodeName")).isEqualTo("n1");
  }

  private Deleted deleteNow() {
    return api.registry.delete(
        api.context,
        RegistryFixture.target("pods", "default", "p"),
        new DeleteOptions(0L, "", "", "", WriteOptions.Persistence.STORED),
        ReadOptions.NONE);
  }
}
