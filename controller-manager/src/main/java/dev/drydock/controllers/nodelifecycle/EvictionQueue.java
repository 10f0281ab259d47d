package dev.drydock.controllers.nodelifecycle;

import dev.drydock.controllers.moment.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Silent nodes that wait to be given up, zone by zone, each at its own pace. Belongs to one
/// thread.
final class EvictionQueue {
  private static final double NANOS = 1e9;

  private final Map<String, Set<String>> waiting = new HashMap<>();
  private final Map<String, Double> rates = new HashMap<>();
  private final Map<String, Instant> last = new HashMap<>();

  void add(String zone, String node) {
    waiting.computeIfAbsent(zone, _ -> new LinkedHashSet<>()).add(node);
  }

  void remove(String node) {
    waiting.values().forEach(nodes -> nodes.remove(node));
  }

  /// @param nodesPerSecond 0: none
  void setRate(String zone, double nodesPerSecond) {
    rates.put(zone, nodesPerSecond);
  }

  Set<String> zones() {
    return Set.copyOf(waiting.keySet());
  }

  /// The next node of the zone, when one may be given up now.
  Optional<String> poll(String zone, Moment at) {
    Set<String> nodes = waiting.getOrDefault(zone, Set.of());
    double rate = rates.getOrDefault(zone, 0.0);
    if (nodes.isEmpty() || rate <= 0) {
      return Optional.empty();
    }
    Instant before = last.get(zone);
    Duration pause = Duration.ofNanos((long) (NANOS / rate));
    if (before != null && at.left(before, pause).isPositive()) {
      return Optional.empty();
    }
    String node = nodes.iterator().next();
    nodes.remove(node);
    last.put(zone, at.now());
    return Optional.of(node);
  }
}
