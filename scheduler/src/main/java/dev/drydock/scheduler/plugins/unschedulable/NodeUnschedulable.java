package dev.drydock.scheduler.plugins.unschedulable;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Tolerations;
import dev.drydock.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;

/// A cordoned node takes no pods but those that tolerate it.
public final class NodeUnschedulable implements FilterPlugin {
  private static final Verdict REJECTED = Verdict.hopeless("node(s) were unschedulable");
  private static final Taint CORDONED =
      new TaintBuilder()
          .withKey("node.kubernetes.io/unschedulable")
          .withEffect("NoSchedule")
          .build();

  @Override
  public String name() {
    return "NodeUnschedulable";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    return Tolerations.tolerates(pod.pod().getSpec().getTolerations(), CORDONED)
        ? NodeFilter.ANY
        : node -> node.unschedulable() ? REJECTED : Verdict.FITS;
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded(Node node) -> isOpen(node);
      case ClusterChange.NodeChanged(Node before, Node after) -> !isOpen(before) && isOpen(after);
      case ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.PodGone _,
          ClusterChange.WorkloadChanged _ ->
          false;
    };
  }

  private static boolean isOpen(Node node) {
    return node.getSpec() == null || !Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }
}
