package dev.drydock.controllers.replicaset;

import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which pods to give up first when there are too many. The order is Kubernetes': unassigned before
/// assigned, pending before running, unready before ready, cheap before dear, on a crowded node
/// before alone, ready for a short time before long, restarted often before seldom, new before old.
/// Ages are compared by their order of magnitude, and what is equal then by the (random) uid.
public final class PodRanking {
  static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodRanking() {}

  /// The `count` pods of `pods` that will be missed least; all of them when there are not more.
  public static List<Pod> leastMissed(
      Collection<Pod> pods, Collection<Pod> related, int count, Instant now) {
    if (count >= pods.size()) {
      return List.copyOf(pods);
    }
    return pods.stream().sorted(order(neighbours(related), now)).limit(count).toList();
  }

  private static Map<String, Integer> neighbours(Collection<Pod> related) {
    var perNode = new HashMap<String, Integer>();
    for (Pod pod : related) {
      if (PodFacts.isActive(pod)) {
        perNode.merge(PodFacts.nodeName(pod), 1, Integer::sum);
      }
    }
    return perNode;
  }

  private static Comparator<Pod> order(Map<String, Integer> perNode, Instant now) {
    return Comparator.comparing((Pod pod) -> !PodFacts.nodeName(pod).isEmpty())
        .thenComparingInt(PodRanking::phaseRank)
        .thenComparing(PodFacts::isReady)
        .thenComparingInt(PodRanking::deletionCost)
        .thenComparingInt(pod -> -perNode.getOrDefault(PodFacts.nodeName(pod), 0))
        .thenComparingInt(pod -> age(PodFacts.readySince(pod).orElse(Instant.EPOCH), now))
        .thenComparingInt(pod -> -restarts(pod))
        .thenComparingInt(pod -> age(PodFacts.createdAt(pod), now))
        .thenComparing(pod -> pod.getMetadata().getUid());
  }

  private static int phaseRank(Pod pod) {
    return switch (PodFacts.phase(pod)) {
      case "Pending" -> 0;
      case "Running" -> 2;
      default -> 1;
    };
  }

  private static int deletionCost(Pod pod) {
    Map<String, String> annotations = pod.getMetadata().getAnnotations();
    String cost = annotations == null ? null : annotations.get(DELETION_COST);
    if (cost == null) {
      return 0;
    }
    try {
      return Integer.parseInt(cost);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static int restarts(Pod pod) {
    if (pod.getStatus() == null) {
      return 0;
    }
    return pod.getStatus().getContainerStatuses().stream()
        .map(ContainerStatus::getRestartCount)
        .mapToInt(count -> count == null ? 0 : count)
        .max()
        .orElse(0);
  }

  /// The order of magnitude of an age: the power of two of its nanoseconds. Unknown is youngest.
  private static int age(Instant since, Instant now) {
    if (since.equals(Instant.EPOCH) || !since.isBefore(now)) {
      return -1;
    }
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(Duration.between(since, now).toNanos());
  }
}
