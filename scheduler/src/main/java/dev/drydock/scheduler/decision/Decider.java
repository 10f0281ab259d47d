package dev.drydock.scheduler.decision;

import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.FilterPlugin;
import dev.drydock.scheduler.framework.NodeFilter;
import dev.drydock.scheduler.framework.NodeScorer;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Verdict;
import dev.drydock.scheduler.plugins.Weighted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Finds the node for a pod. In large clusters it stops looking when it has found enough nodes, as
/// Kubernetes does.
///
/// @param random chooses among nodes of the same score
public record Decider(List<FilterPlugin> filters, List<Weighted> scores, RandomGenerator random) {
  private static final int FEW_NODES = 100;
  private static final int LEAST_PERCENTAGE = 5;

  public Decider {
    filters = List.copyOf(filters);
    scores = List.copyOf(scores);
  }

  /// @param start position of the node to begin with; any number
  public Decision decide(PodView pod, ClusterView cluster, int start) {
    List<Ready> ready = new ArrayList<>();
    List<NodeView> nodes = cluster.nodes();
    for (FilterPlugin plugin : filters) {
      NodeFilter filter = plugin.forPod(pod, cluster);
      if (!filter.equals(NodeFilter.ANY)) {
        ready.add(new Ready(plugin.name(), filter));
        Optional<Set<String>> names = filter.candidates();
        if (names.isPresent()) {
          nodes = names.get().stream().flatMap(name -> cluster.node(name).stream()).toList();
        }
      }
    }
    var search = new Search(ready);
    int wanted = enough(nodes.size());
    int visited = 0;
    while (visited < nodes.size() && search.feasible.size() < wanted) {
      search.visit(nodes.get(Math.floorMod(start + visited, nodes.size())));
      visited++;
    }
    if (search.feasible.isEmpty()) {
      search.rejectUnnamed(cluster, nodes);
      return new Decision.Nowhere(
          cluster.nodes().size(), search.rejections, search.plugins, visited);
    }
    return best(pod, cluster, search.feasible, visited);
  }

  /// Whether the pod fits this node of the cluster.
  public boolean fits(PodView pod, ClusterView cluster, String node) {
    return cluster.node(node).stream()
        .anyMatch(
            view ->
                filters.stream()
                    .allMatch(
                        plugin ->
                            plugin.forPod(pod, cluster).filter(view) instanceof Verdict.Fits));
  }

  /// How many feasible nodes suffice among so many.
  static int enough(int nodes) {
    if (nodes < FEW_NODES) {
      return nodes;
    }
    int percentage = Math.max(LEAST_PERCENTAGE, 50 - nodes / 125);
    return Math.max(FEW_NODES, nodes * percentage / 100);
  }

  private record Ready(String plugin, NodeFilter filter) {}

  /// The nodes seen so far.
  private static final class Search {
    final List<Ready> filters;
    final List<NodeView> feasible = new ArrayList<>();
    final Map<String, Verdict.Rejected> rejections = new LinkedHashMap<>();
    final Set<String> plugins = new LinkedHashSet<>();

    Search(List<Ready> filters) {
      this.filters = filters;
    }

    void visit(NodeView node) {
      for (Ready each : filters) {
        if (each.filter().filter(node) instanceof Verdict.Rejected rejected) {
          rejections.put(node.name(), rejected);
          plugins.add(each.plugin());
          return;
        }
      }
      feasible.add(node);
    }

    /// Nodes that were left out because a rule named the only candidates.
    void rejectUnnamed(ClusterView cluster, List<NodeView> visited) {
      if (visited.size() == cluster.nodes().size()) {
        return;
      }
      for (NodeView node : cluster.nodes()) {
        if (!rejections.containsKey(node.name())) {
          visit(node);
        }
      }
    }
  }

  private Decision best(PodView pod, ClusterView cluster, List<NodeView> feasible, int visited) {
    if (feasible.size() == 1) {
      return new Decision.Placed(feasible.getFirst().name(), List.of(), 1, visited);
    }
    long[] totals = new long[feasible.size()];
    List<Map<String, Long>> parts = new ArrayList<>();
    feasible.forEach(_ -> parts.add(new LinkedHashMap<>()));
    for (Weighted each : scores) {
      NodeScorer scorer = each.plugin().forPod(pod, cluster, feasible);
      if (!scorer.equals(NodeScorer.INDIFFERENT)) {
        long[] raw = new long[feasible.size()];
        for (int i = 0; i < raw.length; i++) {
          raw[i] = scorer.score(feasible.get(i));
        }
        long[] normal = scorer.normalise(raw);
        for (int i = 0; i < raw.length; i++) {
          totals[i] += normal[i] * each.weight();
          parts.get(i).put(each.plugin().name(), normal[i] * each.weight());
        }
      }
    }
    List<Decision.Score> table = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      table.add(new Decision.Score(feasible.get(i).name(), totals[i], parts.get(i)));
    }
    return new Decision.Placed(chosen(table), table, feasible.size(), visited);
  }

  /// One of the highest, each with the same probability.
  private String chosen(List<Decision.Score> table) {
    Decision.@Nullable Score best = null;
    int same = 0;
    for (Decision.Score score : table) {
      if (best == null || score.total() > best.total()) {
        best = score;
        same = 1;
      } else if (score.total() == best.total()) {
        same++;
        if (random.nextInt(same) == 0) {
          best = score;
        }
      }
    }
    return best == null ? "" : best.node();
  }
}
