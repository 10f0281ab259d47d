package dev.drydock.scheduler.plugins.podaffinity;

import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.ShardedMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers by topology key and domain. Filled by one thread, then only read.
final class DomainCounts {
  private final ClusterView cluster;
  private final Map<String, Map<String, Long>> byKey = new HashMap<>();

  DomainCounts(ClusterView cluster) {
    this.cluster = cluster;
  }

  /// Adds, for each pod of a class, to the domain that its node lies in.
  void add(String key, ShardedMap<String, Integer> podsByNode, long each) {
    podsByNode.forEach(
        (name, count) ->
            cluster
                .node(name)
                .ifPresent(
                    node -> {
                      @Nullable String domain = node.labels().get(key);
                      if (domain != null) {
                        byKey
                            .computeIfAbsent(key, _ -> new HashMap<>())
                            .merge(domain, each * count, Long::sum);
                      }
                    }));
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  /// The number of the node's domain.
  long at(String key, NodeView node) {
    @Nullable Map<String, Long> domains = byKey.get(key);
    @Nullable String domain = node.labels().get(key);
    return (domains == null || domain == null) ? 0 : domains.getOrDefault(domain, 0L);
  }

  /// The sum of the node's domains over all keys.
  long at(NodeView node) {
    long sum = 0;
    for (String key : byKey.keySet()) {
      sum += at(key, node);
    }
    return sum;
  }
}
