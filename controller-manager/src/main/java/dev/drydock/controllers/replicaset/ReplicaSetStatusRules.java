package dev.drydock.controllers.replicaset;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetCondition;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The status of a ReplicaSet, as a function of its pods.
public final class ReplicaSetStatusRules {
  private static final String REPLICA_FAILURE = "ReplicaFailure";

  private ReplicaSetStatusRules() {}

  /// What went wrong when pods were created or deleted.
  ///
  /// @param reason `FailedCreate` or `FailedDelete`
  public record Failure(String reason, String message) {
    static Failure of(String reason, RuntimeException cause) {
      return new Failure(reason, String.valueOf(cause.getMessage()));
    }
  }

  public static ReplicaSetStatus of(ReplicaSetPlan.Observed observed, Optional<Failure> failure) {
    ReplicaSet set = observed.replicaSet();
    List<Pod> active = observed.active();
    return new ReplicaSetStatusBuilder()
        .withReplicas(active.size())
        .withFullyLabeledReplicas(positive(count(active, pod -> fullyLabelled(set, pod))))
        .withReadyReplicas(positive(count(active, PodFacts::isReady)))
        .withAvailableReplicas(
            positive(
                count(
                    active, pod -> PodFacts.isAvailable(pod, observed.minReady(), observed.at()))))
        .withTerminatingReplicas(count(observed.owned(), ReplicaSetStatusRules::isEnding))
        .withObservedGeneration(set.getMetadata().getGeneration())
        .withConditions(conditions(set, failure, observed.at().now()))
        .build();
  }

  /// Kubernetes leaves zero counts out of the object.
  private static @Nullable Integer positive(int count) {
    return count == 0 ? null : Integer.valueOf(count);
  }

  private static int count(List<Pod> pods, Predicate<Pod> which) {
    return (int) pods.stream().filter(which).count();
  }

  private static boolean isEnding(Pod pod) {
    return PodFacts.isTerminating(pod) && !PodFacts.isTerminal(pod);
  }

  private static boolean fullyLabelled(ReplicaSet set, Pod pod) {
    var template = set.getSpec().getTemplate();
    if (template == null || template.getMetadata() == null) {
      return true;
    }
    Map<String, String> wanted = template.getMetadata().getLabels();
    Map<String, String> labels = pod.getMetadata().getLabels();
    return wanted == null || (labels != null && labels.entrySet().containsAll(wanted.entrySet()));
  }

  private static List<ReplicaSetCondition> conditions(
      ReplicaSet set, Optional<Failure> failure, Instant now) {
    var conditions = new ArrayList<ReplicaSetCondition>();
    boolean known = false;
    List<ReplicaSetCondition> before =
        set.getStatus() == null ? List.of() : set.getStatus().getConditions();
    for (ReplicaSetCondition condition : before) {
      boolean isFailure = condition.getType().equals(REPLICA_FAILURE);
      if (!isFailure || failure.isPresent()) {
        conditions.add(condition);
        known |= isFailure;
      }
    }
    if (failure.isPresent() && !known) {
      conditions.add(
          new ReplicaSetConditionBuilder()
              .withType(REPLICA_FAILURE)
              .withStatus("True")
              .withReason(failure.get().reason())
              .withMessage(failure.get().message())
              .withLastTransitionTime(KubernetesTime.seconds(now))
              .build());
    }
    return conditions;
  }
}
