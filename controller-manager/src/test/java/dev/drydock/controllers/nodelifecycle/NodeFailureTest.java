package dev.drydock.controllers.nodelifecycle;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.tainteviction.TaintEvictionReconciler;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A node falls silent: conditions, taints, pods out of service, eviction; and its return.
class NodeFailureTest {
  private static final ObjectKey WEB = ObjectKey.of("default", "web");
  private static final NodeLifecycleSettings SETTINGS =
      new NodeLifecycleSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(50),
          Duration.ofMinutes(1),
          new NodeLifecycleSettings.Zones(0.1, 0.01, 50, 0.55));

  private final Set<String> alive = new HashSet<>(Set.of("n1", "n2", "n3"));

  private Bench started() {
    var bench = new Bench();
    for (String name : alive) {
      bench.api.given(aNode(name).condition("Ready", "True").build());
    }
    bench.api.given(web());
    return bench
        .run(context -> NodeLifecycleController.of(context, SETTINGS))
        .run(context -> TaintEvictionReconciler.controller(context, 8));
  }

  private static Pod web() {
    return aPod("web")
        .on("n1")
        .ready("10.0.0.1")
        .with(
            b ->
                b.editSpec()
                    .addToTolerations(
                        new TolerationBuilder()
                            .withKey("node.kubernetes.io/unreachable")
                            .withOperator("Exists")
                            .withEffect("NoExecute")
                            .withTolerationSeconds(300L)
                            .build())
                    .endSpec())
        .build();
  }

  private void beat(Bench bench) {
    for (String name : alive) {
      bench.api.given(
          new LeaseBuilder()
              .withNewMetadata()
              .withNamespace("kube-node-lease")
              .withName(name)
              .endMetadata()
              .withNewSpec()
              .withHolderIdentity(name)
              .withRenewTime(bench.clock.instant().atZone(ZoneOffset.UTC))
              .endSpec()
              .build());
    }
  }

  /// Lets time pass with the heartbeats of those that are alive.
  private void pass(Bench bench, Duration time) throws InterruptedException {
    for (long i = 0; i < time.toSeconds() / 5; i++) {
      beat(bench);
      bench.clock.advance(Duration.ofSeconds(5));
      bench.settle();
    }
  }

  private static List<String> taints(Bench bench) {
    Node node = bench.api.find(Kinds.NODE, ObjectKey.clusterScoped("n1")).orElseThrow();
    return NodeTaintRules.taints(node).stream()
        .map((Taint taint) -> taint.getKey() + ":" + taint.getEffect())
        .sorted()
        .toList();
  }

  private static boolean isMarked(Bench bench) {
    return bench
        .api
        .find(Kinds.POD, WEB)
        .filter(
            pod ->
                pod.getStatus().getConditions().stream()
                    .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("False")))
        .isPresent();
  }

  @Test
  void aSilentNodeIsTaintedAndItsPodsLeaveWhenTheirPatienceEnds() throws InterruptedException {
    try (Bench bench = started()) {
      pass(bench, Duration.ofSeconds(60));
      assertThat(taints(bench)).isEmpty();
      alive.remove("n1");
      pass(bench, Duration.ofSeconds(45));
      assertThat(taints(bench)).isEmpty();
      pass(bench, Duration.ofSeconds(25));
      assertThat(taints(bench))
          .containsExactly(
              "node.kubernetes.io/unreachable:NoExecute",
              "node.kubernetes.io/unreachable:NoSchedule");
      assertThat(isMarked(bench)).isTrue();
      assertThat(bench.events.reasons()).contains("RegisteredNode", "NodeNotReady");
      pass(bench, Duration.ofSeconds(250));
      assertThat(bench.api.find(Kinds.POD, WEB))
          .hasValueSatisfying(pod -> assertThat(pod.getMetadata().getDeletionTimestamp()).isNull());
      pass(bench, Duration.ofSeconds(60));
      assertThat(isGoing(bench)).isTrue();
      assertThat(bench.events.all())
          .anySatisfy(
              event ->
                  assertThat(event.message()).isEqualTo("Marking for deletion Pod default/web"));
    }
  }

  private static boolean isGoing(Bench bench) {
    return bench
        .api
        .find(Kinds.POD, WEB)
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .isEmpty();
  }

  @Test
  void aNodeThatComesBackInTimeKeepsItsPods() throws InterruptedException {
    try (Bench bench = started()) {
      pass(bench, Duration.ofSeconds(30));
      alive.remove("n1");
      pass(bench, Duration.ofSeconds(100));
      assertThat(taints(bench)).hasSize(2);
      alive.add("n1");
      beat(bench);
      Node now = bench.api.find(Kinds.NODE, ObjectKey.clusterScoped("n1")).orElseThrow();
      // As the kubelet writes it: the news of the node may come before that of the lease.
      bench
          .api
          .status(Kinds.NODE)
          .update(
              new NodeBuilder(now)
                  .editStatus()
                  .withConditions(
                      new NodeConditionBuilder()
                          .withType("Ready")
                          .withStatus("True")
                          .withLastHeartbeatTime(KubernetesTime.seconds(bench.clock.instant()))
                          .build())
                  .endStatus()
                  .build());
      pass(bench, Duration.ofSeconds(10));
      assertThat(taints(bench)).isEmpty();
      pass(bench, Duration.ofSeconds(400));
      assertThat(isGoing(bench)).isFalse();
      assertThat(bench.events.all())
          .anySatisfy(
              event ->
                  assertThat(event.message()).isEqualTo("Cancelling deletion of Pod default/web"));
    }
  }

  @Test
  void whenAllNodesFallSilentNothingIsGivenUp() throws InterruptedException {
    try (Bench bench = started()) {
      pass(bench, Duration.ofSeconds(30));
      alive.clear();
      pass(bench, Duration.ofSeconds(500));
      assertThat(taints(bench)).containsExactly("node.kubernetes.io/unreachable:NoSchedule");
      assertThat(isGoing(bench)).isFalse();
    }
  }

  @Test
  void lostEventsAndARelistLeadToTheSameOutcome() throws InterruptedException {
    try (Bench bench = started()) {
      pass(bench, Duration.ofSeconds(30));
      alive.remove("n1");
      bench.api.dropEvents(Kinds.NODE, 2);
      pass(bench, Duration.ofSeconds(60));
      bench.loseAndReplay();
      pass(bench, Duration.ofSeconds(30));
      bench.loseAndReplay();
      pass(bench, Duration.ofSeconds(30));
      assertThat(taints(bench)).hasSize(2);
      pass(bench, Duration.ofSeconds(320));
      assertThat(isGoing(bench)).isTrue();
    }
  }
}
