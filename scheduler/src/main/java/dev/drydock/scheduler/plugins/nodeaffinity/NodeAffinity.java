package dev.drydock.scheduler.plugins.nodeaffinity;

import dev.drydock.api.selector.NodeSelection;
import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.Normalisation;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.ScorePlugin;
import dev.drydock.scheduler.framework.Verdict;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTerm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A pod goes only to nodes that its `nodeSelector` and its required node affinity accept, and
/// rather to those that it prefers.
public final class NodeAffinity implements FilterPlugin, ScorePlugin {
  private static final Verdict REJECTED =
      Verdict.hopeless("node(s) didn't match Pod's node affinity/selector");

  @Override
  public String name() {
    return "NodeAffinity";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    return NodeSelection.isRestricted(pod.pod()) ? new Selected(pod.pod()) : NodeFilter.ANY;
  }

  private record Selected(Pod pod) implements NodeFilter {
    @Override
    public Verdict filter(NodeView node) {
      return NodeSelection.matches(pod, node.name(), node.labels()) ? Verdict.FITS : REJECTED;
    }

    @Override
    public Optional<Set<String>> candidates() {
      return NodeSelection.names(pod);
    }
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    @Nullable Affinity affinity = pod.pod().getSpec().getAffinity();
    List<PreferredSchedulingTerm> terms =
        (affinity == null || affinity.getNodeAffinity() == null)
            ? List.of()
            : affinity.getNodeAffinity().getPreferredDuringSchedulingIgnoredDuringExecution();
    return terms.isEmpty() ? NodeScorer.INDIFFERENT : new Preferring(terms);
  }

  private record Preferring(List<PreferredSchedulingTerm> terms) implements NodeScorer {
    @Override
    public long score(NodeView node) {
      long sum = 0;
      for (PreferredSchedulingTerm term : terms) {
        if (NodeSelection.matches(term.getPreference(), node.name(), node.labels())) {
          sum += term.getWeight();
        }
      }
      return sum;
    }

    @Override
    public long[] normalise(long[] raw) {
      return Normalisation.highestIsBest(raw);
    }
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded(Node node) -> matches(pod, node);
      case ClusterChange.NodeChanged(Node before, Node after) ->
          !matches(pod, before) && matches(pod, after);
      case ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.PodGone _,
          ClusterChange.WorkloadChanged _ ->
          false;
    };
  }

  private static boolean matches(PodView pod, Node node) {
    NodeView view = NodeView.of(node);
    return NodeSelection.matches(pod.pod(), view.name(), view.labels());
  }
}
