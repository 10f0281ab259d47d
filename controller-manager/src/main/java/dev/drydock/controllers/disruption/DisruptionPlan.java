package dev.drydock.controllers.disruption;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatus;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The status of a budget, from its pods: pure.
final class DisruptionPlan {
  /// A pod whose eviction was allowed and that is still there after so long is not going.
  private static final Duration DELETION_TIMEOUT = Duration.ofMinutes(2);

  private static final String CONDITION = "DisruptionAllowed";

  private DisruptionPlan() {}

  /// What the plan sees.
  ///
  /// @param pods those that the budget selects
  /// @param scale how many pods their controllers want together
  record Observed(PodDisruptionBudget budget, List<Pod> pods, int scale, Moment at) {}

  /// What comes out.
  ///
  /// @param again when a disrupted pod is to be looked at again
  record Outcome(PodDisruptionBudgetStatus status, Optional<Duration> again) {}

  /// Whether the budget is about a share of what controllers want, not of the pods there are.
  static boolean needsScale(PodDisruptionBudget budget) {
    IntOrString least = budget.getSpec().getMinAvailable();
    return budget.getSpec().getMaxUnavailable() != null
        || (least != null && least.getStrVal() != null);
  }

  static Outcome of(Observed observed) {
    Map<String, Pod> byName =
        observed.pods().stream()
            .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), Function.identity()));
    Map<String, String> disrupted = new HashMap<>();
    Optional<Duration> again = Optional.empty();
    for (Map.Entry<String, String> each : disruptedBefore(observed.budget()).entrySet()) {
      Pod pod = byName.get(each.getKey());
      Duration left =
          observed.at().left(KubernetesTime.parseOrEpoch(each.getValue()), DELETION_TIMEOUT);
      if (pod != null && !PodFacts.isTerminating(pod) && left.isPositive()) {
        disrupted.put(each.getKey(), each.getValue());
        again = Optional.of(again.filter(other -> other.compareTo(left) < 0).orElse(left));
      }
    }
    int healthy = 0;
    for (Pod pod : observed.pods()) {
      if (!PodFacts.isTerminating(pod)
          && !disrupted.containsKey(pod.getMetadata().getName())
          && PodFacts.isReady(pod)) {
        healthy++;
      }
    }
    int expected = needsScale(observed.budget()) ? observed.scale() : observed.pods().size();
    int desired = desired(observed.budget(), expected);
    int allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
    return new Outcome(
        status(observed, new Counts(expected, healthy, desired, allowed), disrupted), again);
  }

  private record Counts(int expected, int healthy, int desired, int allowed) {}

  private static Map<String, String> disruptedBefore(PodDisruptionBudget budget) {
    Map<String, String> map =
        budget.getStatus() == null ? null : budget.getStatus().getDisruptedPods();
    return map == null ? Map.of() : map;
  }

  private static int desired(PodDisruptionBudget budget, int expected) {
    IntOrString most = budget.getSpec().getMaxUnavailable();
    if (most != null) {
      return Math.max(0, expected - amount(most, expected));
    }
    IntOrString least = budget.getSpec().getMinAvailable();
    return least == null ? 0 : amount(least, expected);
  }

  /// A number, or a share rounded up.
  private static int amount(IntOrString value, int of) {
    String share = value.getStrVal();
    if (share == null) {
      return value.getIntVal() == null ? 0 : value.getIntVal();
    }
    int percent = Integer.parseInt(share.substring(0, share.length() - 1));
    return (int) Math.ceilDiv((long) of * percent, 100L);
  }

  private static PodDisruptionBudgetStatus status(
      Observed observed, Counts counts, Map<String, String> disrupted) {
    boolean may = counts.allowed() > 0;
    return new PodDisruptionBudgetStatusBuilder()
        .withExpectedPods(counts.expected())
        .withCurrentHealthy(counts.healthy())
        .withDesiredHealthy(counts.desired())
        .withDisruptionsAllowed(counts.allowed())
        .withDisruptedPods(disrupted)
        .withObservedGeneration(observed.budget().getMetadata().getGeneration())
        .withConditions(
            conditions(
                observed.budget(),
                may ? "True" : "False",
                may ? "SufficientPods" : "InsufficientPods",
                "",
                observed.at().now()))
        .build();
  }

  /// The status of a budget whose pods' controllers cannot be asked: nothing may be evicted.
  static PodDisruptionBudgetStatus failed(PodDisruptionBudget budget, String why, Instant now) {
    var builder =
        budget.getStatus() == null
            ? new PodDisruptionBudgetStatusBuilder()
                .withExpectedPods(0)
                .withCurrentHealthy(0)
                .withDesiredHealthy(0)
            : new PodDisruptionBudgetStatusBuilder(budget.getStatus());
    return builder
        .withDisruptionsAllowed(0)
        .withObservedGeneration(budget.getMetadata().getGeneration())
        .withConditions(conditions(budget, "False", "SyncFailed", why, now))
        .build();
  }

  private static List<Condition> conditions(
      PodDisruptionBudget budget, String status, String reason, String message, Instant now) {
    List<Condition> result = new ArrayList<>();
    String since = KubernetesTime.seconds(now);
    if (budget.getStatus() != null) {
      for (Condition present : budget.getStatus().getConditions()) {
        if (!present.getType().equals(CONDITION)) {
          result.add(present);
        } else if (present.getStatus().equals(status)) {
          since = present.getLastTransitionTime();
        }
      }
    }
    result.add(
        new ConditionBuilder()
            .withType(CONDITION)
            .withStatus(status)
            .withReason(reason)
            .withMessage(message)
            .withObservedGeneration(budget.getMetadata().getGeneration())
            .withLastTransitionTime(since)
            .build());
    return result;
  }
}
