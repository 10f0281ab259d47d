package dev.drydock.scheduler.framework;

import java.util.List;

/// A rule that prefers nodes. Pure: no client, no clock, no state.
public interface ScorePlugin {

  /// As Kubernetes calls it: `NodeResourcesFit`.
  String name();

  /// Does once what is the same for all nodes. Return [NodeScorer#INDIFFERENT] when the rule does
  /// not concern the pod.
  ///
  /// @param feasible the nodes that will be scored
  NodeScorer forPod(PodView pod, ClusterView cluster, List<NodeView> feasible);
}
