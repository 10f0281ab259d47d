package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The sizes that ReplicaSets get next: pure arithmetic over what is there.
final class Rollout {
  private Rollout() {}

  /// New sizes, in the order in which they are to be written; sets that stay are absent.
  record Sizes(Map<ReplicaSet, Integer> bySet) {
    Sizes {
      bySet = new LinkedHashMap<>(bySet);
      bySet.entrySet().removeIf(e -> ReplicaSets.size(e.getKey()) == e.getValue());
    }

    static final Sizes UNCHANGED = new Sizes(Map.of());

    static Sizes of(ReplicaSet set, int size) {
      return new Sizes(Map.of(set, size));
    }

    boolean isEmpty() {
      return bySet.isEmpty();
    }
  }

  /// One step of a rolling update: grow the new set as far as the surge allows; when it can't
  /// grow, shrink old ones as far as availability allows.
  static Sizes rolling(ReplicaSets sets, Bounds bounds) {
    Optional<ReplicaSet> newest = sets.present();
    if (newest.isEmpty()) {
      return Sizes.UNCHANGED;
    }
    Sizes grown = Sizes.of(newest.get(), newestSize(sets, newest.get(), bounds));
    return grown.isEmpty() ? shrinkOld(sets, newest.get(), bounds) : grown;
  }

  /// How large the new set may be beside the old ones.
  ///
  /// @param newest may not be among the sets yet, when it is about to be created with size 0
  static int newestSize(ReplicaSets sets, ReplicaSet newest, Bounds bounds) {
    int size = ReplicaSets.size(newest);
    if (size >= bounds.replicas()) {
      return bounds.replicas();
    }
    int room = bounds.most() - ReplicaSets.size(sets.all());
    if (room <= 0) {
      return size;
    }
    return size + Math.min(room, bounds.replicas() - size);
  }

  private static Sizes shrinkOld(ReplicaSets sets, ReplicaSet newest, Bounds bounds) {
    int notYetAvailable = ReplicaSets.size(newest) - ReplicaSets.available(newest);
    int spare = ReplicaSets.size(sets.all()) - bounds.fewestAvailable() - notYetAvailable;
    if (ReplicaSets.size(sets.old()) == 0 || spare <= 0) {
      return Sizes.UNCHANGED;
    }
    var sizes = new LinkedHashMap<ReplicaSet, Integer>();
    removeUnhealthy(sets.activeOld(), spare, sizes);
    removeAvailable(sets, bounds, sizes);
    return new Sizes(sizes);
  }

  /// Pods that don't serve anyway go first: they cost no availability.
  private static void removeUnhealthy(
      List<ReplicaSet> old, int most, Map<ReplicaSet, Integer> sizes) {
    int left = most;
    for (ReplicaSet set : old) {
      int unhealthy = ReplicaSets.size(set) - ReplicaSets.available(set);
      int fewer = Math.clamp(unhealthy, 0, left);
      if (fewer > 0) {
        sizes.put(set, ReplicaSets.size(set) - fewer);
        left -= fewer;
      }
    }
  }

  /// A set that was shrunk a moment ago may still count pods that are about to go.
  private static int lastingAvailable(ReplicaSet set) {
    return Math.min(ReplicaSets.available(set), ReplicaSets.size(set));
  }

  private static void removeAvailable(
      ReplicaSets sets, Bounds bounds, Map<ReplicaSet, Integer> sizes) {
    int available = sets.all().stream().mapToInt(Rollout::lastingAvailable).sum();
    int left = available - bounds.fewestAvailable();
    for (ReplicaSet set : sets.activeOld()) {
      int size = sizes.getOrDefault(set, ReplicaSets.size(set));
      int fewer = Math.clamp(size, 0, Math.max(left, 0));
      if (fewer > 0) {
        sizes.put(set, size - fewer);
        left -= fewer;
      }
    }
  }

  /// One step of Recreate: everything old to zero; nothing new before the last old pod is gone.
  ///
  /// @param oldPods pods of old sets that have not ended
  static Sizes recreate(ReplicaSets sets, Bounds bounds, int oldPods) {
    var down = new LinkedHashMap<ReplicaSet, Integer>();
    sets.activeOld().forEach(set -> down.put(set, 0));
    if (!down.isEmpty()) {
      return new Sizes(down);
    }
    if (oldPodsLeft(sets, oldPods) || sets.newest() == null) {
      return Sizes.UNCHANGED;
    }
    return Sizes.of(sets.newest(), bounds.replicas());
  }

  static boolean oldPodsLeft(ReplicaSets sets, int oldPods) {
    return oldPods > 0 || ReplicaSets.count(sets.old(), ReplicaSetStatus::getReplicas) > 0;
  }

  /// The Deployment was resized, or is paused: all active sets share the difference in proportion
  /// to their sizes.
  static Sizes proportional(ReplicaSets sets, Bounds bounds, int replicasInStatus) {
    Optional<ReplicaSet> only = sets.activeOrLatest();
    if (only.isPresent()) {
      return Sizes.of(only.get(), bounds.replicas());
    }
    if (sets.newest() != null && isSaturated(sets.newest(), bounds)) {
      var down = new LinkedHashMap<ReplicaSet, Integer>();
      sets.activeOld().forEach(set -> down.put(set, 0));
      return new Sizes(down);
    }
    if (bounds.maxSurge() == 0 && bounds.maxUnavailable() == 0) {
      return Sizes.UNCHANGED;
    }
    return shared(sets.active(), bounds, replicasInStatus);
  }

  private static Sizes shared(List<ReplicaSet> active, Bounds bounds, int replicasInStatus) {
    int allowed = bounds.replicas() > 0 ? bounds.most() : 0;
    int toAdd = allowed - ReplicaSets.size(active);
    Comparator<ReplicaSet> largest =
        Comparator.comparingInt((ReplicaSet set) -> -ReplicaSets.size(set));
    Comparator<ReplicaSet> age = Comparator.comparing(s -> s.getMetadata().getCreationTimestamp());
    List<ReplicaSet> order =
        active.stream().sorted(largest.thenComparing(toAdd > 0 ? age.reversed() : age)).toList();
    var sizes = new LinkedHashMap<ReplicaSet, Integer>();
    int added = 0;
    for (ReplicaSet set : order) {
      int share = share(set, bounds, replicasInStatus);
      int left = toAdd - added;
      int part = toAdd > 0 ? Math.min(share, left) : Math.max(share, left);
      int more = toAdd == 0 ? 0 : part;
      sizes.put(set, ReplicaSets.size(set) + more);
      added += more;
    }
    int leftover = toAdd - added;
    if (leftover != 0) {
      sizes.computeIfPresent(order.getFirst(), (_, size) -> Math.max(0, size + leftover));
    }
    return new Sizes(sizes);
  }

  private static int share(ReplicaSet set, Bounds bounds, int replicasInStatus) {
    int size = ReplicaSets.size(set);
    if (bounds.replicas() == 0) {
      return -size;
    }
    int before = Revisions.most(set).orElse(replicasInStatus);
    if (before == 0) {
      before = replicasInStatus;
    }
    if (before == 0) {
      return 0;
    }
    return (int) Math.round((double) size * bounds.most() / before) - size;
  }

  private static boolean isSaturated(ReplicaSet set, Bounds bounds) {
    return Revisions.desired(set).orElse(-1) == bounds.replicas()
        && ReplicaSets.size(set) == bounds.replicas()
        && ReplicaSets.available(set) == bounds.replicas();
  }
}
