package dev.drydock.scheduler.plugins.nodename;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Verdict;

/// A pod that names its node fits no other.
public final class NodeName implements FilterPlugin {
  private static final Verdict REJECTED =
      Verdict.hopeless("node(s) didn't match the requested node name");

  @Override
  public String name() {
    return "NodeName";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    String wanted = pod.nodeName();
    return wanted.isEmpty()
        ? NodeFilter.ANY
        : node -> node.name().equals(wanted) ? Verdict.FITS : REJECTED;
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return change instanceof ClusterChange.NodeAdded;
  }
}
