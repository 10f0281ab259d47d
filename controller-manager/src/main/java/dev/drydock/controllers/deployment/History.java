package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.Comparator;
import java.util.List;

/// Which old ReplicaSets are kept to roll back to.
final class History {
  private History() {}

  /// The sets beyond `revisionHistoryLimit`, oldest revision first, as far as nothing depends on
  /// them any more.
  static List<ReplicaSet> surplus(Deployment deployment, List<ReplicaSet> old) {
    Integer limit = deployment.getSpec().getRevisionHistoryLimit();
    if (limit == null || limit == Integer.MAX_VALUE) {
      return List.of();
    }
    List<ReplicaSet> kept =
        old.stream()
            .filter(set -> set.getMetadata().getDeletionTimestamp() == null)
            .sorted(Comparator.comparingLong(Revisions::revision))
            .toList();
    return kept.stream().limit(Math.max(0, kept.size() - limit)).filter(History::isUnused).toList();
  }

  private static boolean isUnused(ReplicaSet set) {
    Long generation = set.getMetadata().getGeneration();
    Long observed = set.getStatus() == null ? null : set.getStatus().getObservedGeneration();
    return ReplicaSets.size(set) == 0
        && ReplicaSets.count(set, ReplicaSetStatus::getReplicas) == 0
        && (generation == null || (observed != null && observed >= generation));
  }
}
