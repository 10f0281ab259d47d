package dev.drydock.scheduler.plugins.ports;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.HostPort;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Verdict;
import java.util.List;

/// The host ports that a pod wants must be free.
public final class NodePorts implements FilterPlugin {
  private static final Verdict REJECTED =
      Verdict.rejected("node(s) didn't have free ports for the requested pod ports");

  @Override
  public String name() {
    return "NodePorts";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    List<HostPort> wanted = pod.hostPorts();
    return wanted.isEmpty()
        ? NodeFilter.ANY
        : node -> conflict(wanted, node.usedPorts()) ? REJECTED : Verdict.FITS;
  }

  private static boolean conflict(List<HostPort> some, List<HostPort> others) {
    for (HostPort one : some) {
      for (HostPort other : others) {
        if (one.conflictsWith(other)) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded _ -> true;
      case ClusterChange.PodGone(PodView gone) -> conflict(pod.hostPorts(), gone.hostPorts());
      case ClusterChange.NodeChanged _,
          ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.WorkloadChanged _ ->
          false;
    };
  }
}
