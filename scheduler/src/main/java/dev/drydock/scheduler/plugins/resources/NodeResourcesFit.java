package dev.drydock.scheduler.plugins.resources;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Resources;
import dev.drydock.scheduler.framework.ScorePlugin;
import dev.drydock.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a pod requests must be left on its node. Prefers the node on which most is left
/// (`LeastAllocated`, CPU and memory counting the same).
public final class NodeResourcesFit implements FilterPlugin, ScorePlugin {

  @Override
  public String name() {
    return "NodeResourcesFit";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    Resources wanted = pod.requests();
    return node -> verdict(wanted, node);
  }

  private static Verdict verdict(Resources wanted, NodeView node) {
    boolean crowded = node.pods().size() + 1 > node.allowedPods();
    if (!crowded && isEnough(wanted, node)) {
      return Verdict.FITS;
    }
    var lack = new Lack();
    if (crowded) {
      lack.reasons.add("Too many pods");
    }
    Resources all = node.allocatable();
    Resources used = node.requested();
    lack.check("cpu", wanted.milliCpu(), used.milliCpu(), all.milliCpu());
    lack.check("memory", wanted.memory(), used.memory(), all.memory());
    lack.check(
        "ephemeral-storage",
        wanted.ephemeralStorage(),
        used.ephemeralStorage(),
        all.ephemeralStorage());
    for (Map.Entry<String, Long> other : wanted.others().entrySet()) {
      String name = other.getKey();
      lack.check(
          name,
          other.getValue(),
          used.others().getOrDefault(name, 0L),
          all.others().getOrDefault(name, 0L));
    }
    if (lack.reasons.isEmpty()) {
      return Verdict.FITS;
    }
    return new Verdict.Rejected(
        lack.reasons, lack.ever ? Verdict.Cure.NONE : Verdict.Cure.PREEMPTION);
  }

  private static boolean isEnough(Resources wanted, NodeView node) {
    Resources all = node.allocatable();
    Resources used = node.requested();
    if (!wanted.others().isEmpty()) {
      return false;
    }
    return (wanted.milliCpu() == 0 || wanted.milliCpu() <= all.milliCpu() - used.milliCpu())
        && (wanted.memory() == 0 || wanted.memory() <= all.memory() - used.memory())
        && (wanted.ephemeralStorage() == 0
            || wanted.ephemeralStorage() <= all.ephemeralStorage() - used.ephemeralStorage());
  }

  /// What is missing on a node.
  private static final class Lack {
    final List<String> reasons = new ArrayList<>();
    boolean ever;

    void check(String name, long wanted, long used, long all) {
      if (wanted > 0 && wanted > all - used) {
        reasons.add("Insufficient " + name);
        ever |= wanted > all;
      }
    }
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    Resources wanted = pod.scoredRequests();
    return node -> {
      Resources all = node.allocatable();
      Resources used = node.scored();
      long cpu = left(used.milliCpu() + wanted.milliCpu(), all.milliCpu());
      long memory = left(used.memory() + wanted.memory(), all.memory());
      int weights = (all.milliCpu() == 0 ? 0 : 1) + (all.memory() == 0 ? 0 : 1);
      return weights == 0 ? 0 : (cpu + memory) / weights;
    };
  }

  private static long left(long used, long all) {
    return (all == 0 || used > all) ? 0 : (all - used) * NodeScorer.MAX / all;
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded(Node node) -> couldHold(node, pod);
      case ClusterChange.NodeChanged(Node before, Node after) ->
          !NodeView.of(before).allocatable().equals(NodeView.of(after).allocatable())
              && couldHold(after, pod);
      case ClusterChange.PodGone _ -> true;
      case ClusterChange.PodChanged(PodView before, PodView after) ->
          !before.requests().equals(after.requests());
      case ClusterChange.PodPlaced _, ClusterChange.WorkloadChanged _ -> false;
    };
  }

  private static boolean couldHold(Node node, PodView pod) {
    return verdict(pod.requests(), NodeView.of(node)) instanceof Verdict.Fits;
  }
}
