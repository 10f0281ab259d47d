package dev.drydock.controllers.pods;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Questions about one pod, answered from the pod alone.
public final class PodFacts {
  private PodFacts() {}

  /// Empty while the pod is not bound.
  public static String nodeName(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    return node == null ? "" : node;
  }

  /// `Pending` when the pod does not say.
  public static String phase(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return phase == null || phase.isEmpty() ? "Pending" : phase;
  }

  /// Its containers have all ended for good.
  public static boolean isTerminal(Pod pod) {
    String phase = phase(pod);
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// Somebody asked for its deletion.
  public static boolean isTerminating(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /// It counts as one of its controller's replicas.
  public static boolean isActive(Pod pod) {
    return !isTerminal(pod) && !isTerminating(pod);
  }

  public static Optional<PodCondition> condition(Pod pod, String type) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    for (PodCondition condition : pod.getStatus().getConditions()) {
      if (type.equals(condition.getType())) {
        return Optional.of(condition);
      }
    }
    return Optional.empty();
  }

  public static boolean isReady(Pod pod) {
    return readyCondition(pod).isPresent();
  }

  /// When it became ready; empty when it is not, or does not say since when.
  public static Optional<Instant> readySince(Pod pod) {
    return readyCondition(pod)
        .map(PodCondition::getLastTransitionTime)
        .map(KubernetesTime::parseOrEpoch);
  }

  /// Ready for at least `minReady`.
  public static boolean isAvailable(Pod pod, Duration minReady, Moment at) {
    if (minReady.isZero()) {
      return isReady(pod);
    }
    return readySince(pod).filter(since -> !at.left(since, minReady).isPositive()).isPresent();
  }

  public static Instant createdAt(Pod pod) {
    return KubernetesTime.parseOrEpoch(pod.getMetadata().getCreationTimestamp());
  }

  private static Optional<PodCondition> readyCondition(Pod pod) {
    return condition(pod, "Ready").filter(ready -> "True".equals(ready.getStatus()));
  }
}
