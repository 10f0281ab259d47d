package dev.drydock.scheduler.framework;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All nodes with their pods at one moment, and how many pods of each class are where. Immutable;
/// a changed copy costs little.
public final class ClusterView {
  public static final ClusterView EMPTY =
      new ClusterView(new NodeView[0], Map.of(), ShardedMap.empty());

  private final NodeView[] nodes;
  private final Map<String, Integer> positions;
  private final ShardedMap<PodClass, ShardedMap<String, Integer>> classes;

  private ClusterView(
      NodeView[] nodes,
      Map<String, Integer> positions,
      ShardedMap<PodClass, ShardedMap<String, Integer>> classes) {
    this.nodes = nodes;
    this.positions = positions;
    this.classes = classes;
  }

  /// In the order in which they became known.
  public List<NodeView> nodes() {
    return Collections.unmodifiableList(Arrays.asList(nodes));
  }

  public Optional<NodeView> node(String name) {
    @Nullable Integer position = positions.get(name);
    return position == null ? Optional.empty() : Optional.of(nodes[position]);
  }

  /// For each class of pods on nodes: how many are on which node.
  public ShardedMap<PodClass, ShardedMap<String, Integer>> classes() {
    return classes;
  }

  /// With this node, in place of one of the same name.
  public ClusterView withNode(NodeView node) {
    ClusterView cleared = node(node.name()).isPresent() ? this : appended(node);
    ShardedMap<PodClass, ShardedMap<String, Integer>> counts = classes;
    List<PodView> before = node(node.name()).map(NodeView::pods).orElse(List.of());
    if (!before.equals(node.pods())) {
      for (PodView pod : before) {
        counts = counted(counts, pod.podClass(), node.name(), -1);
      }
      for (PodView pod : node.pods()) {
        counts = counted(counts, pod.podClass(), node.name(), 1);
      }
    }
    return cleared.replaced(node, counts);
  }

  private ClusterView appended(NodeView node) {
    NodeView[] more = Arrays.copyOf(nodes, nodes.length + 1);
    more[nodes.length] = node;
    Map<String, Integer> places = new HashMap<>(positions);
    places.put(node.name(), nodes.length);
    return new ClusterView(more, places, classes);
  }

  private ClusterView replaced(
      NodeView node, ShardedMap<PodClass, ShardedMap<String, Integer>> counts) {
    NodeView[] copy = nodes.clone();
    copy[position(node.name())] = node;
    return new ClusterView(copy, positions, counts);
  }

  private int position(String node) {
    @Nullable Integer position = positions.get(node);
    if (position == null) {
      throw new IllegalArgumentException("no node " + node);
    }
    return position;
  }

  /// Without that node and its pods.
  public ClusterView withoutNode(String name) {
    ShardedMap<PodClass, ShardedMap<String, Integer>> counts = classes;
    var rest = new ArrayList<NodeView>();
    Map<String, Integer> places = new HashMap<>();
    for (NodeView node : nodes) {
      if (node.name().equals(name)) {
        for (PodView pod : node.pods()) {
          counts = counted(counts, pod.podClass(), name, -1);
        }
      } else {
        places.put(node.name(), rest.size());
        rest.add(node);
      }
    }
    return new ClusterView(rest.toArray(NodeView[]::new), places, counts);
  }

  /// With one pod more on a node that there is.
  public ClusterView withPod(String node, PodView pod) {
    NodeView now = nodes[position(node)].with(pod);
    return replaced(now, counted(classes, pod.podClass(), node, 1));
  }

  /// Without a pod that is on the node.
  public ClusterView withoutPod(String node, PodView pod) {
    NodeView now = nodes[position(node)].without(pod.uid());
    return replaced(now, counted(classes, pod.podClass(), node, -1));
  }

  private static ShardedMap<PodClass, ShardedMap<String, Integer>> counted(
      ShardedMap<PodClass, ShardedMap<String, Integer>> classes,
      PodClass podClass,
      String node,
      int difference) {
    @Nullable ShardedMap<String, Integer> known = classes.get(podClass);
    ShardedMap<String, Integer> byNode = known == null ? ShardedMap.empty() : known;
    @Nullable Integer before = byNode.get(node);
    int now = (before == null ? 0 : before) + difference;
    ShardedMap<String, Integer> changed = now == 0 ? byNode.without(node) : byNode.with(node, now);
    return changed.isEmpty() ? classes.without(podClass) : classes.with(podClass, changed);
  }
}
