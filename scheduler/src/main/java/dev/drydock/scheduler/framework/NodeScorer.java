package dev.drydock.scheduler.framework;

/// A score rule, made ready for one pod.
@FunctionalInterface
public interface NodeScorer {
  /// The highest score after normalisation.
  long MAX = 100;

  /// All nodes are the same.
  NodeScorer INDIFFERENT = _ -> 0;

  /// Any scale; [#normalise] brings it to 0 to [#MAX].
  long score(NodeView node);

  /// @param raw the scores of all feasible nodes, in their order
  /// @return the same on the scale from 0 to [#MAX]
  default long[] normalise(long[] raw) {
    return raw;
  }
}
