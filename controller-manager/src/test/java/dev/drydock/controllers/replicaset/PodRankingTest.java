package dev.drydock.controllers.replicaset;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.testkit.objects.PodObject;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which pod goes first.
class PodRankingTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static PodObject healthy(String name) {
    return aPod(name).on("n-" + name).ready("10.0.0.1").created(NOW.minusSeconds(3600));
  }

  private static String first(PodObject... pods) {
    List<Pod> built = Stream.of(pods).map(PodObject::build).toList();
    return PodRanking.leastMissed(built, built, 1, NOW).getFirst().getMetadata().getName();
  }

  @Test
  void anUnassignedPodGoesBeforeAnAssignedOne() {
    assertThat(first(healthy("a"), aPod("b").created(NOW))).isEqualTo("b");
  }

  @Test
  void aPendingPodGoesBeforeARunningOne() {
    assertThat(first(healthy("a"), aPod("b").on("n"))).isEqualTo("b");
  }

  @Test
  void anUnreadyPodGoesBeforeAReadyOne() {
    assertThat(first(healthy("a"), aPod("b").on("n").running("10.0.0.2"))).isEqualTo("b");
  }

  @Test
  void theCheaperPodGoesFirst() {
    assertThat(
            first(
                healthy("a").annotated(PodRanking.DELETION_COST, "5"),
                healthy("b").annotated(PodRanking.DELETION_COST, "-1")))
        .isEqualTo("b");
  }

  @Test
  void aPodOnACrowdedNodeGoesFirst() {
    assertThat(first(healthy("a"), healthy("b").on("crowded"), healthy("c").on("crowded")))
        .isIn("b", "c");
  }

  @Test
  void thePodWithMoreRestartsGoesFirst() {
    PodObject restarted =
        healthy("b")
            .with(
                b ->
                    b.editStatus()
                        .addToContainerStatuses(
                            new ContainerStatusBuilder().withRestartCount(3).build())
                        .endStatus());
    assertThat(first(healthy("a"), restarted)).isEqualTo("b");
  }

  @Test
  void theYoungerPodGoesFirst() {
    assertThat(first(healthy("a"), healthy("b").created(NOW.minusSeconds(60)))).isEqualTo("b");
  }
}
