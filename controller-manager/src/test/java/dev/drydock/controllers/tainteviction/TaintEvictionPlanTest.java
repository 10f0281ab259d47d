package dev.drydock.controllers.tainteviction;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.controllers.moment.Moment;
import dev.drydock.testkit.objects.PodObject;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Taints against tolerations.
class TaintEvictionPlanTest {
  private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");

  private static Taint taint(String key, Instant added) {
    return new TaintBuilder()
        .withKey(key)
        .withEffect("NoExecute")
        .withTimeAdded(added.toString())
        .build();
  }

  private static PodObject tolerating(String key, Long seconds) {
    return aPod("a")
        .with(
            b ->
                b.editSpec()
                    .addToTolerations(
                        new TolerationBuilder()
                            .withKey(key)
                            .withOperator("Exists")
                            .withEffect("NoExecute")
                            .withTolerationSeconds(seconds)
                            .build())
                    .endSpec());
  }

  private static TaintEvictionAction plan(PodObject pod, Taint... taints) {
    return TaintEvictionPlan.of(pod.build(), List.of(taints), NOW, Moment.of(NOW));
  }

  @Test
  void aPodThatToleratesNothingLeavesAtOnce() {
    assertThat(plan(aPod("a"), taint("gone", NOW))).isEqualTo(new TaintEvictionAction.Evict());
  }

  @Test
  void otherEffectsDoNotExpel() {
    Taint mild = new TaintBuilder().withKey("gone").withEffect("NoSchedule").build();
    assertThat(plan(aPod("a"), mild)).isEqualTo(new TaintEvictionAction.Stay());
  }

  @Test
  void patienceCountsFromTheTaint() {
    assertThat(plan(tolerating("gone", 300L), taint("gone", NOW.minusSeconds(100))))
        .isEqualTo(new TaintEvictionAction.EvictLater(Duration.ofSeconds(200)));
    assertThat(plan(tolerating("gone", 300L), taint("gone", NOW.minusSeconds(300))))
        .isEqualTo(new TaintEvictionAction.Evict());
  }

  @Test
  void aPodThatCameLaterHasItsWholePatience() {
    assertThat(
            plan(
                tolerating("gone", 300L).created(NOW.minusSeconds(10)),
                taint("gone", NOW.minusSeconds(1000))))
        .isEqualTo(new TaintEvictionAction.EvictLater(Duration.ofSeconds(290)));
  }

  @Test
  void withoutALimitItStays() {
    assertThat(plan(aPod("a").tolerating("gone", "", "NoExecute"), taint("gone", Instant.EPOCH)))
        .isEqualTo(new TaintEvictionAction.Stay());
  }

  @Test
  void theShortestPatienceCounts() {
    PodObject pod =
        tolerating("gone", 300L)
            .with(
                b ->
                    b.editSpec()
                        .addToTolerations(
                            new TolerationBuilder()
                                .withKey("other")
                                .withOperator("Exists")
                                .withTolerationSeconds(20L)
                                .build())
                        .endSpec());
    assertThat(plan(pod, taint("gone", NOW), taint("other", NOW)))
        .isEqualTo(new TaintEvictionAction.EvictLater(Duration.ofSeconds(20)));
  }

  @Test
  void everyTaintMustBeTolerated() {
    assertThat(plan(tolerating("gone", 300L), taint("gone", NOW), taint("other", NOW)))
        .isEqualTo(new TaintEvictionAction.Evict());
  }
}
