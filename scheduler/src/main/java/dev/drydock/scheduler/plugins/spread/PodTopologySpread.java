package dev.drydock.scheduler.plugins.spread;

import dev.drydock.scheduler.framework.ClusterChange;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.ScorePlugin;
import dev.drydock.scheduler.framework.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Spreads pods over the domains of topology keys as their constraints want, or, where they have
/// none, away from the pods of the same services and controller.
public final class PodTopologySpread implements FilterPlugin, ScorePlugin {
  private static final String REASON = "node(s) didn't match pod topology spread constraints";
  private static final Verdict REJECTED = Verdict.rejected(REASON);
  private static final Verdict MISSING_LABEL =
      Verdict.hopeless(REASON + " (missing required label)");

  @Override
  public String name() {
    return "PodTopologySpread";
  }

  @Override
  public NodeFilter forPod(PodView pod, ClusterView cluster) {
    List<SpreadConstraint> constraints = SpreadConstraint.of(pod, "DoNotSchedule");
    if (constraints.isEmpty()) {
      return NodeFilter.ANY;
    }
    var limits = new ArrayList<Limit>();
    for (SpreadConstraint constraint : constraints) {
      limits.add(limit(pod, cluster, constraint, constraints));
    }
    return node -> verdict(limits, node);
  }

  /// A constraint with the pods counted.
  ///
  /// @param most how many selected pods a domain may hold before this pod comes
  private record Limit(String key, Map<String, Integer> byDomain, int most) {}

  private static Limit limit(
      PodView pod, ClusterView cluster, SpreadConstraint constraint, List<SpreadConstraint> all) {
    Map<String, Integer> byNode = constraint.selectedByNode(pod, cluster);
    Map<String, Integer> byDomain = new HashMap<>();
    for (NodeView node : cluster.nodes()) {
      if (SpreadConstraint.hasAllKeys(all, node) && constraint.counts(pod, node)) {
        @Nullable String domain = node.labels().get(constraint.key());
        byDomain.merge(
            domain == null ? "" : domain, byNode.getOrDefault(node.name(), 0), Integer::sum);
      }
    }
    int least =
        byDomain.size() < constraint.minDomains()
            ? 0
            : byDomain.values().stream().mapToInt(Integer::intValue).min().orElse(0);
    int self = constraint.selector().matches(pod.podClass().labels()) ? 1 : 0;
    return new Limit(constraint.key(), byDomain, constraint.maxSkew() + least - self);
  }

  private static Verdict verdict(List<Limit> limits, NodeView node) {
    for (Limit limit : limits) {
      @Nullable String domain = node.labels().get(limit.key());
      if (domain == null) {
        return MISSING_LABEL;
      }
      if (limit.byDomain().getOrDefault(domain, 0) > limit.most()) {
        return REJECTED;
      }
    }
    return Verdict.FITS;
  }

  @Override
  public NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible) {
    boolean own = !pod.pod().getSpec().getTopologySpreadConstraints().isEmpty();
    List<SpreadConstraint> constraints =
        own ? SpreadConstraint.of(pod, "ScheduleAnyway") : SpreadConstraint.byDefault(pod);
    return constraints.isEmpty()
        ? NodeScorer.INDIFFERENT
        : SpreadScore.of(pod, cluster, feasible, constraints, own);
  }

  @Override
  public boolean mayHelp(ClusterChange change, PodView pod) {
    return switch (change) {
      case ClusterChange.NodeAdded _,
          ClusterChange.PodPlaced _,
          ClusterChange.PodChanged _,
          ClusterChange.PodGone _ ->
          true;
      case ClusterChange.NodeChanged(var before, var after) ->
          !NodeView.of(before).labels().equals(NodeView.of(after).labels())
              || !NodeView.of(before).taints().equals(NodeView.of(after).taints());
      case ClusterChange.WorkloadChanged _ -> false;
    };
  }
}
