package dev.drydock.scheduler.plugins;

import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.plugins.nodeaffinity.NodeAffinity;
import dev.drydock.scheduler.plugins.nodename.NodeName;
import dev.drydock.scheduler.plugins.podaffinity.InterPodAffinity;
import dev.drydock.scheduler.plugins.ports.NodePorts;
import dev.drydock.scheduler.plugins.resources.NodeResourcesBalancedAllocation;
import dev.drydock.scheduler.plugins.resources.NodeResourcesFit;
import dev.drydock.scheduler.plugins.spread.PodTopologySpread;
import dev.drydock.scheduler.plugins.taints.TaintToleration;
import dev.drydock.scheduler.plugins.unschedulable.NodeUnschedulable;
import java.util.List;

/// The rules of the default profile, in the order in which they are asked, with Kubernetes'
/// weights.
public final class DefaultPlugins {
  private DefaultPlugins() {}

  public static List<FilterPlugin> filters() {
    return List.of(
        new NodeUnschedulable(),
        new NodeName(),
        new TaintToleration(),
        new NodeAffinity(),
        new NodePorts(),
        new NodeResourcesFit(),
        new PodTopologySpread(),
        new InterPodAffinity());
  }

  public static List<Weighted> scores() {
    return List.of(
        new Weighted(new TaintToleration(), 3),
        new Weighted(new NodeAffinity(), 2),
        new Weighted(new PodTopologySpread(), 2),
        new Weighted(new InterPodAffinity(), 2),
        new Weighted(new NodeResourcesFit(), 1),
        new Weighted(new NodeResourcesBalancedAllocation(), 1));
  }
}
