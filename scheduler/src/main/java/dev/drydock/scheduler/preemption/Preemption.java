package dev.drydock.scheduler.preemption;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.scheduler.decision.Decider;
import dev.drydock.scheduler.decision.Decision;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the node on which evicting the least important pods makes room for a pod.
public final class Preemption {
  private static final int FEW_NODES = 100;

  /// More important pods first: those that are evicted last.
  private static final Comparator<PodView> IMPORTANCE =
      Comparator.comparingInt(PodView::priority).reversed().thenComparing(Preemption::started);

  private Preemption() {}

  /// Who must go from where.
  ///
  /// @param victims at least one, the most important first
  public record Choice(String node, List<PodView> victims) {
    public Choice {
      victims = List.copyOf(victims);
    }

    private int highest() {
      return victims.getFirst().priority();
    }

    private long sum() {
      return victims.stream()
          .mapToLong(victim -> victim.priority() - (long) Integer.MIN_VALUE)
          .sum();
    }

    private Instant latest() {
      return victims.stream()
          .filter(victim -> victim.priority() == highest())
          .map(Preemption::started)
          .min(Comparator.naturalOrder())
          .orElse(Instant.EPOCH);
    }
  }

  private static Instant started(PodView pod) {
    return pod.pod().getStatus() == null
        ? Instant.EPOCH
        : KubernetesTime.parseOrEpoch(pod.pod().getStatus().getStartTime());
  }

  /// Why a pod may not preempt at all, in Kubernetes' words; empty when it may.
  public static Optional<String> notEligible(PodView pod, ClusterView cluster) {
    if ("Never".equals(pod.pod().getSpec().getPreemptionPolicy())) {
      return Optional.of("not eligible due to preemptionPolicy=Never.");
    }
    boolean waits =
        cluster.node(nominatedNode(pod.pod())).stream()
            .flatMap(node -> node.pods().stream())
            .anyMatch(
                other ->
                    other.priority() < pod.priority()
                        && other.pod().getMetadata().getDeletionTimestamp() != null);
    return waits
        ? Optional.of("not eligible due to terminating pod on the nominated node.")
        : Optional.empty();
  }

  /// The node on which room is being made for the pod; empty: none.
  public static String nominatedNode(Pod pod) {
    String node = pod.getStatus() == null ? null : pod.getStatus().getNominatedNodeName();
    return node == null ? "" : node;
  }

  /// @param rejections why the pod fits nowhere now
  /// @return the best of the choices; empty when evicting does not help
  public static Optional<Choice> choose(
      PodView pod, ClusterView cluster, Decision.Nowhere rejections, Decider decider) {
    List<Choice> choices = new ArrayList<>();
    int enough = Math.max(FEW_NODES, cluster.nodes().size() / 10);
    for (Map.Entry<String, Verdict.Rejected> entry : rejections.rejections().entrySet()) {
      if (entry.getValue().cure() == Verdict.Cure.PREEMPTION && choices.size() < enough) {
        cluster
            .node(entry.getKey())
            .flatMap(node -> onNode(pod, cluster, node, decider))
            .ifPresent(choices::add);
      }
    }
    return choices.stream()
        .min(
            Comparator.comparingInt(Choice::highest)
                .thenComparingLong(Choice::sum)
                .thenComparingInt(choice -> choice.victims().size())
                .thenComparing(Choice::latest, Comparator.reverseOrder()));
  }

  /// Takes away all less important pods, then puts back as many as leave enough room, the most
  /// important first.
  private static Optional<Choice> onNode(
      PodView pod, ClusterView cluster, NodeView node, Decider decider) {
    List<PodView> lesser =
        node.pods().stream()
            .filter(other -> other.priority() < pod.priority())
            .sorted(IMPORTANCE)
            .toList();
    ClusterView without = cluster;
    for (PodView other : lesser) {
      without = without.withoutPod(node.name(), other);
    }
    if (lesser.isEmpty() || !decider.fits(pod, without, node.name())) {
      return Optional.empty();
    }
    List<PodView> victims = new ArrayList<>();
    for (PodView other : lesser) {
      ClusterView with = without.withPod(node.name(), other);
      if (decider.fits(pod, with, node.name())) {
        without = with;
      } else {
        victims.add(other);
      }
    }
    return victims.isEmpty() ? Optional.empty() : Optional.of(new Choice(node.name(), victims));
  }
}
