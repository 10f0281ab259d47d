package dev.drydock.controllers.disruption;

import static dev.drydock.testkit.objects.Objects.aPod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.bench.Bench;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What budgets allow.
class DisruptionControllerTest {
  private static final Moment NOW = Moment.of(Instant.parse("2026-01-01T00:00:00Z"));

  private static PodDisruptionBudget budget(
      @Nullable IntOrString least, @Nullable IntOrString most) {
    return new PodDisruptionBudgetBuilder()
        .withNewMetadata()
        .withName("b")
        .withNamespace("default")
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withMinAvailable(least)
        .withMaxUnavailable(most)
        .withNewSelector()
        .addToMatchLabels("app", "web")
        .endSelector()
        .endSpec()
        .build();
  }

  private static List<Pod> ready(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> aPod("p" + i).labelled("app", "web").on("n1").ready("10.0.0." + i).build())
        .toList();
  }

  private static PodDisruptionBudgetStatus status(
      PodDisruptionBudget budget, List<Pod> pods, int scale) {
    return DisruptionPlan.of(new DisruptionPlan.Observed(budget, pods, scale, NOW)).status();
  }

  @Test
  void aMinimumLeavesTheRest() {
    var status = status(budget(new IntOrString(2), null), ready(3), 0);
    assertThat(status.getDisruptionsAllowed()).isEqualTo(1);
    assertThat(status.getDesiredHealthy()).isEqualTo(2);
    assertThat(status.getConditions().getFirst().getReason()).isEqualTo("SufficientPods");
  }

  @Test
  void aShareIsOfWhatControllersWantAndRoundedUp() {
    var status = status(budget(new IntOrString("50%"), null), ready(3), 5);
    assertThat(status.getExpectedPods()).isEqualTo(5);
    assertThat(status.getDesiredHealthy()).isEqualTo(3);
    assertThat(status.getDisruptionsAllowed()).isZero();
  }

  @Test
  void aMaximumCountsThoseThatAreMissing() {
    var status = status(budget(null, new IntOrString(1)), ready(2), 3);
    assertThat(status.getDesiredHealthy()).isEqualTo(2);
    assertThat(status.getDisruptionsAllowed()).isZero();
    assertThat(status.getConditions().getFirst().getReason()).isEqualTo("InsufficientPods");
  }

  @Test
  void aPodWhoseEvictionWasAllowedDoesNotCountForTwoMinutes() {
    PodDisruptionBudget before =
        new PodDisruptionBudgetBuilder(budget(new IntOrString(1), null))
            .withNewStatus()
            .withDisruptedPods(Map.of("p0", "2025-12-31T23:59:00Z", "p1", "2025-12-31T23:50:00Z"))
            .endStatus()
            .build();
    var outcome = DisruptionPlan.of(new DisruptionPlan.Observed(before, ready(3), 0, NOW));
    assertThat(outcome.status().getDisruptedPods()).containsOnlyKeys("p0");
    assertThat(outcome.status().getCurrentHealthy()).isEqualTo(2);
    assertThat(outcome.again()).isPresent();
  }

  @Test
  void theStatusFollowsThePods() throws InterruptedException {
    try (Bench bench = new Bench().run(DisruptionReconciler::controller)) {
      bench.api.given(budget(new IntOrString(1), null));
      ready(3).forEach(bench.api::given);
      bench.until(() -> allowed(bench) == 2);
      bench.api.vanish(Kinds.POD, ObjectKey.of("default", "p0"));
      bench.until(() -> allowed(bench) == 1);
    }
  }

  private static int allowed(Bench bench) {
    PodDisruptionBudgetStatus status =
        bench
            .api
            .find(Kinds.POD_DISRUPTION_BUDGET, ObjectKey.of("default", "b"))
            .orElseThrow()
            .getStatus();
    return status == null ? -1 : status.getDisruptionsAllowed();
  }
}
