package dev.drydock.controllers.tainteviction;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.moment.Moment;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When a pod must leave its node because of the node's NoExecute taints.
public final class TaintEvictionPlan {
  private TaintEvictionPlan() {}

  /// @param firstSeen when this pod was first seen with these taints: counts for taints that don't
  ///     say when they were added
  public static TaintEvictionAction of(Pod pod, List<Taint> taints, Instant firstSeen, Moment at) {
    List<Taint> expelling = noExecute(taints);
    if (expelling.isEmpty() || PodFacts.isTerminating(pod)) {
      return new TaintEvictionAction.Stay();
    }
    var used = new ArrayList<Toleration>();
    for (Taint taint : expelling) {
      Optional<Toleration> toleration =
          pod.getSpec().getTolerations().stream().filter(t -> tolerates(t, taint)).findFirst();
      if (toleration.isEmpty()) {
        return new TaintEvictionAction.Evict();
      }
      used.add(toleration.get());
    }
    Optional<Duration> patience = shortest(used);
    if (patience.isEmpty()) {
      return new TaintEvictionAction.Stay();
    }
    Duration left = at.left(since(pod, expelling, firstSeen), patience.get());
    return left.isPositive()
        ? new TaintEvictionAction.EvictLater(left)
        : new TaintEvictionAction.Evict();
  }

  static List<Taint> noExecute(List<Taint> taints) {
    return taints.stream().filter(taint -> "NoExecute".equals(taint.getEffect())).toList();
  }

  /// Time starts when the last of the taints came, or the pod, whichever was later.
  private static Instant since(Pod pod, List<Taint> taints, Instant firstSeen) {
    Instant since = PodFacts.createdAt(pod);
    for (Taint taint : taints) {
      Instant added =
          taint.getTimeAdded() == null
              ? firstSeen
              : KubernetesTime.parseOrEpoch(taint.getTimeAdded());
      since = added.isAfter(since) ? added : since;
    }
    return since;
  }

  /// Empty: for ever.
  private static Optional<Duration> shortest(List<Toleration> used) {
    return used.stream()
        .map(Toleration::getTolerationSeconds)
        .filter(Objects::nonNull)
        .map(seconds -> Duration.ofSeconds(Math.max(0, seconds)))
        .min(Duration::compareTo);
  }

  /// Whether a toleration is meant for a taint.
  static boolean tolerates(Toleration toleration, Taint taint) {
    String effect = toleration.getEffect();
    if (effect != null && !effect.isEmpty() && !effect.equals(taint.getEffect())) {
      return false;
    }
    String key = toleration.getKey();
    boolean exists = "Exists".equals(toleration.getOperator());
    if (key == null || key.isEmpty()) {
      return exists;
    }
    if (!key.equals(taint.getKey())) {
      return false;
    }
    return exists || text(toleration.getValue()).equals(text(taint.getValue()));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
