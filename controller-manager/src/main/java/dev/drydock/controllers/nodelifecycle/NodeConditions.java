package dev.drydock.controllers.nodelifecycle;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Questions about what a node says of itself.
final class NodeConditions {
  static final String READY = "Ready";
  static final String TRUE = "True";
  static final String FALSE = "False";
  static final String UNKNOWN = "Unknown";

  private NodeConditions() {}

  static List<NodeCondition> of(Node node) {
    return node.getStatus() == null ? List.of() : node.getStatus().getConditions();
  }

  static Optional<NodeCondition> find(Node node, String type) {
    return of(node).stream().filter(condition -> type.equals(condition.getType())).findFirst();
  }

  /// `True`, `False` or `Unknown`; a node that does not say is unknown.
  static String ready(Node node) {
    return find(node, READY).map(NodeCondition::getStatus).orElse(UNKNOWN);
  }

  /// Region and zone; empty for a node that is in none.
  static String zone(Node node) {
    Map<String, String> labels = node.getMetadata().getLabels();
    if (labels == null) {
      return "";
    }
    String region = labels.getOrDefault("topology.kubernetes.io/region", "");
    String zone = labels.getOrDefault("topology.kubernetes.io/zone", "");
    return region.isEmpty() && zone.isEmpty() ? "" : region + ":" + zone;
  }
}
