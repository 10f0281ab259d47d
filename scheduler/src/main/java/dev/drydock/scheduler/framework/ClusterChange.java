package dev.drydock.scheduler.framework;

import io.fabric8.kubernetes.api.model.Node;

/// Something happened that may let a waiting pod fit.
public sealed interface ClusterChange {

  record NodeAdded(Node node) implements ClusterChange {}

  record NodeChanged(Node before, Node after) implements ClusterChange {}

  /// A pod came to a node.
  record PodPlaced(PodView pod) implements ClusterChange {}

  /// A pod on a node got other labels, or began to end.
  record PodChanged(PodView before, PodView after) implements ClusterChange {}

  /// A pod left a node.
  record PodGone(PodView pod) implements ClusterChange {}

  /// A service or a controller that spreading looks at came or changed.
  record WorkloadChanged() implements ClusterChange {}
}
