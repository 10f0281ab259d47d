package dev.drydock.scheduler.plugins.taints;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.Normalisation;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.ScorePlugin;
import dev.drydock.scheduler.framework.Tolerations;
import dev.drydock.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod goes only to nodes whose taints it tolerates, and rather to those with fewer taints of
/// the effect `PreferNoSchedule` that it does not.
public final class TaintToleration implements FilterPlugin, ScorePlugin {
  private static final Verdict REJECTED = Verdict.hopeless("node(s) had untolerated taint(s)");

  @Override
  public String name() {
    return "TaintToleration";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    return node -> isTolerated(pod.pod(), node) ? Verdict.FITS : REJECTED;
  }

  private static boolean isTolerated(Pod pod, NodeView node) {
    return node.taints().isEmpty() || Tolerations.toleratesAll(pod, node.taints());
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    return new Tolerating(
        pod.pod().getSpec().getTolerations().stream()
            .filter(each -> isEmptyOr(each.getEffect(), "PreferNoSchedule"))
            .toList());
  }

  private static boolean isEmptyOr(@Nullable String text, String other) {
    return text == null || text.isEmpty() || text.equals(other);
  }

  private record Tolerating(List<Toleration> tolerations) implements NodeScorer {
    @Override
    public long score(NodeView node) {
      long count = 0;
      for (Taint taint : node.taints()) {
        if ("PreferNoSchedule".equals(taint.getEffect())
            && !Tolerations.tolerates(tolerations, taint)) {
          count++;
        }
      }
      return count;
    }

    @Override
    public long[] normalise(long[] raw) {
      return Normalisation.lowestIsBest(raw);
    }
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded(Node node) -> isTolerated(pod.pod(), NodeView.of(node));
      case ClusterChange.NodeChanged(Node before, Node after) ->
          !isTolerated(pod.pod(), NodeView.of(before))
              && isTolerated(pod.pod(), NodeView.of(after));
      case ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.PodGone _,
          ClusterChange.WorkloadChanged _ ->
          false;
    };
  }
}
