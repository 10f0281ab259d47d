package dev.drydock.controllers.replicaset;

import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Compares the wanted number of pods with those that are there.
public final class ReplicaSetPlan {
  /// At most so many pods are created or deleted in one go, as in Kubernetes.
  static final int BURST = 500;

  private ReplicaSetPlan() {}

  /// What the plan is made from.
  ///
  /// @param owned the pods that belong to the set, in any state
  /// @param related active pods of all sets with the same owner (the old and new ReplicaSets of one
  ///     Deployment): a node with many of them can best do without one
  public record Observed(
      ReplicaSet replicaSet, List<Pod> owned, Collection<Pod> related, Moment at) {
    public Observed {
      owned = List.copyOf(owned);
      related = List.copyOf(related);
    }

    List<Pod> active() {
      return owned.stream().filter(PodFacts::isActive).toList();
    }

    Duration minReady() {
      Integer seconds = replicaSet.getSpec().getMinReadySeconds();
      return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
    }
  }

  public static List<ReplicaSetAction> of(Observed observed) {
    var actions = new ArrayList<ReplicaSetAction>();
    replicas(observed).ifPresent(actions::add);
    untilAvailable(observed).map(ReplicaSetAction.LookAgain::new).ifPresent(actions::add);
    return actions;
  }

  private static Optional<ReplicaSetAction> replicas(Observed observed) {
    if (observed.replicaSet().getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    List<Pod> active = observed.active();
    int wanted = wanted(observed.replicaSet());
    if (active.size() < wanted) {
      return Optional.of(new ReplicaSetAction.CreatePods(Math.min(BURST, wanted - active.size())));
    }
    if (active.size() > wanted) {
      int surplus = Math.min(BURST, active.size() - wanted);
      return Optional.of(
          new ReplicaSetAction.DeletePods(
              PodRanking.leastMissed(active, observed.related(), surplus, observed.at().now())));
    }
    return Optional.empty();
  }

  static int wanted(ReplicaSet replicaSet) {
    Integer replicas = replicaSet.getSpec().getReplicas();
    return replicas == null ? 1 : replicas;
  }

  /// The shortest time after which a pod that is ready will count as available too.
  private static Optional<Duration> untilAvailable(Observed observed) {
    Duration minReady = observed.minReady();
    if (minReady.isZero()) {
      return Optional.empty();
    }
    return observed.active().stream()
        .map(PodFacts::readySince)
        .flatMap(Optional::stream)
        .map(since -> observed.at().left(since, minReady))
        .filter(Duration::isPositive)
        .min(Duration::compareTo);
  }
}
