package dev.drydock.scheduler.plugins.spread;

import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prefers domains with fewer of the selected pods. Keys with many domains weigh more, so that
/// spreading over nodes is not drowned by spreading over zones.
///
/// @param required nodes without all keys are not scored
record SpreadScore(List<SpreadConstraint> constraints, List<Counted> counted, boolean required)
    implements NodeScorer {
  private static final long NOT_SCORED = -1;

  /// The pods of one constraint, by domain (by node, for the host name).
  record Counted(SpreadConstraint constraint, Map<String, Integer> counts, double weight) {}

  static SpreadScore of(
      PodView pod,
      ClusterView cluster,
      List<NodeView> feasible,
      List<SpreadConstraint> constraints,
      boolean required) {
    List<NodeView> scored =
        feasible.stream()
            .filter(node -> !required || SpreadConstraint.hasAllKeys(constraints, node))
            .toList();
    var counted = new ArrayList<Counted>();
    for (SpreadConstraint constraint : constraints) {
      Map<String, Integer> byNode = constraint.selectedByNode(pod, cluster);
      if (constraint.isPerNode()) {
        counted.add(new Counted(constraint, byNode, weight(scored.size())));
        continue;
      }
      Map<String, Integer> byDomain = new HashMap<>();
      for (NodeView node : scored) {
        @Nullable String domain = node.labels().get(constraint.key());
        if (domain != null) {
          byDomain.putIfAbsent(domain, 0);
        }
      }
      if (!byDomain.isEmpty()) {
        for (NodeView node : cluster.nodes()) {
          @Nullable String domain = node.labels().get(constraint.key());
          if (domain != null
              && byDomain.containsKey(domain)
              && (!required || SpreadConstraint.hasAllKeys(constraints, node))
              && constraint.counts(pod, node)) {
            byDomain.merge(domain, byNode.getOrDefault(node.name(), 0), Integer::sum);
          }
        }
      }
      counted.add(new Counted(constraint, byDomain, weight(byDomain.size())));
    }
    return new SpreadScore(constraints, counted, required);
  }

  private static double weight(int domains) {
    return Math.log(domains + 2.0);
  }

  @Override
  public long score(NodeView node) {
    if (required && !SpreadConstraint.hasAllKeys(constraints, node)) {
      return NOT_SCORED;
    }
    double score = 0;
    for (Counted each : counted) {
      SpreadConstraint constraint = each.constraint();
      @Nullable String domain = node.labels().get(constraint.key());
      if (domain != null) {
        int count = each.counts().getOrDefault(constraint.isPerNode() ? node.name() : domain, 0);
        score += count * each.weight() + (constraint.maxSkew() - 1);
      }
    }
    return Math.round(score);
  }

  @Override
  public long[] normalise(long[] raw) {
    long[] scored = Arrays.stream(raw).filter(score -> score != NOT_SCORED).toArray();
    long min = Arrays.stream(scored).min().orElse(0);
    long max = Arrays.stream(scored).max().orElse(0);
    return Arrays.stream(raw)
        .map(
            score -> {
              if (score == NOT_SCORED) {
                return 0;
              }
              return max == 0 ? MAX : MAX * (max + min - score) / max;
            })
        .toArray();
  }
}
