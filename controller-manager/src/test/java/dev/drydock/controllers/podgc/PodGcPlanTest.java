package dev.drydock.controllers.podgc;

import static dev.drydock.testkit.objects.Objects.aNode;
import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Pods that nobody else will remove.
class PodGcPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static List<String> plan(int limit, Set<String> gone, List<Node> nodes, Pod... pods) {
    return PodGcPlan.of(new PodGcPlan.Observed(List.of(pods), nodes, gone, limit)).stream()
        .map(action -> action.pod().getMetadata().getName())
        .sorted()
        .toList();
  }

  @Test
  void podsOfAGoneNodeGo() {
    assertThat(
            plan(
                0,
                Set.of("dead"),
                List.of(),
                aPod("a").on("dead").ready("10.0.0.1").build(),
                aPod("b").on("n1").ready("10.0.0.2").build()))
        .containsExactly("a");
  }

  @Test
  void aGoingPodThatNeverHadANodeGoes() {
    assertThat(plan(0, Set.of(), List.of(), aPod("a").deleting(NOW).build(), aPod("b").build()))
        .containsExactly("a");
  }

  @Test
  void goingPodsOfANodeDeclaredDeadGo() {
    Node declared =
        aNode("n1")
            .condition("Ready", "Unknown")
            .tainted("node.kubernetes.io/out-of-service", "nodeshutdown", "NoExecute")
            .build();
    assertThat(
            plan(
                0,
                Set.of(),
                List.of(declared),
                aPod("a").on("n1").deleting(NOW).build(),
                aPod("b").on("n1").build()))
        .containsExactly("a");
  }

  @Test
  void theOldestEndedPodsBeyondTheLimitGo() {
    assertThat(
            plan(
                1,
                Set.of(),
                List.of(),
                aPod("old").on("n1").phase("Succeeded").created(NOW.minusSeconds(9)).build(),
                aPod("young").on("n1").phase("Failed").created(NOW).build(),
                aPod("running").on("n1").phase("Running").created(NOW.minusSeconds(99)).build()))
        .containsExactly("old");
  }

  @Test
  void aNodeMustBeAbsentForAWhileBeforeItsPodsAreFailedAndRemoved() throws InterruptedException {
    try (Bench bench = new Bench()) {
      bench.api.given(
          aNode("n1").build(),
          aPod("kept").on("n1").ready("10.0.0.1").build(),
          aPod("lost").on("dead").ready("10.0.0.2").build());
      bench.run(context -> new PodGarbageCollector(context, 12500));
      bench.settle();
      bench.clock.advance(Duration.ofSeconds(20));
      bench.settle();
      assertThat(bench.api.all(Kinds.POD)).hasSize(2);
      bench.until(
          Duration.ofSeconds(5),
          () -> bench.api.find(Kinds.POD, ObjectKey.of("default", "lost")).isEmpty());
      bench.loseAndReplay();
      assertThat(bench.api.all(Kinds.POD)).hasSize(1);
      assertThat(bench.api.writes()).allSatisfy(write -> assertThat(write.causes()).isNotEmpty());
    }
  }
}
