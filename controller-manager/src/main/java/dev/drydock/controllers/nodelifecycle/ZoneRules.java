package dev.drydock.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// How badly each zone is hit, and how fast its silent nodes are therefore given up. When whole
/// zones fall silent at once, it is more likely us who cannot see.
final class ZoneRules {
  /// What a zone's nodes are like, taken together.
  enum State {
    NORMAL,
    PARTIAL_DISRUPTION,
    FULL_DISRUPTION
  }

  private static final int FEWEST_FOR_PARTIAL = 3;

  private ZoneRules() {}

  private record Counts(int ready, int unready) {
    State state(double threshold) {
      if (ready == 0 && unready > 0) {
        return State.FULL_DISRUPTION;
      }
      double share = unready / (double) Math.max(1, ready + unready);
      return unready >= FEWEST_FOR_PARTIAL && share >= threshold
          ? State.PARTIAL_DISRUPTION
          : State.NORMAL;
    }
  }

  /// The state of every zone that has nodes.
  static Map<String, State> states(Collection<Node> nodes, NodeLifecycleSettings.Zones settings) {
    var counts = new HashMap<String, Counts>();
    for (Node node : nodes) {
      boolean ready = NodeConditions.ready(node).equals(NodeConditions.TRUE);
      counts.merge(
          NodeConditions.zone(node),
          new Counts(ready ? 1 : 0, ready ? 0 : 1),
          (one, other) -> new Counts(one.ready() + other.ready(), one.unready() + other.unready()));
    }
    var states = new HashMap<String, State>();
    counts.forEach((zone, count) -> states.put(zone, count.state(settings.unhealthyZone())));
    return states;
  }

  /// Whether there are zones, and all of them are silent.
  static boolean isBlind(Map<String, State> states) {
    return !states.isEmpty()
        && states.values().stream().allMatch(state -> state == State.FULL_DISRUPTION);
  }

  /// Nodes a second that may be given up in a zone.
  ///
  /// @param size how many nodes the zone has
  static double rate(State state, int size, NodeLifecycleSettings.Zones settings) {
    return switch (state) {
      case NORMAL, FULL_DISRUPTION -> settings.evictionRate();
      case PARTIAL_DISRUPTION ->
          size > settings.largeCluster() ? settings.secondaryEvictionRate() : 0;
    };
  }
}
