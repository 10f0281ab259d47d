package dev.drydock.scheduler.plugins.resources;

import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Resources;
import dev.drydock.scheduler.framework.ScorePlugin;
import java.util.List;

/// Prefers nodes whose CPU and memory would be used to the same degree.
public final class NodeResourcesBalancedAllocation implements ScorePlugin {

  @Override
  public String name() {
    return "NodeResourcesBalancedAllocation";
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    Resources wanted = pod.requests();
    if (wanted.milliCpu() == 0 && wanted.memory() == 0) {
      return NodeScorer.INDIFFERENT;
    }
    return node -> {
      Resources all = node.allocatable();
      Resources used = node.requested();
      if (all.milliCpu() == 0 || all.memory() == 0) {
        return NodeScorer.MAX;
      }
      double cpu = fraction(used.milliCpu() + wanted.milliCpu(), all.milliCpu());
      double memory = fraction(used.memory() + wanted.memory(), all.memory());
      return (long) ((1 - Math.abs(cpu - memory) / 2) * NodeScorer.MAX);
    };
  }

  private static double fraction(long used, long all) {
    return Math.min(1, (double) used / all);
  }
}
