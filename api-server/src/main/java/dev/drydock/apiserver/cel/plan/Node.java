package dev.drydock.apiserver.cel.plan;

/// One step of an expression. Can be run by many threads at once, each with a frame of its own.
@FunctionalInterface
public interface Node {

  /// @throws dev.drydock.apiserver.cel.value.CelEvaluationException when there is no value
  Object evaluate(Frame frame);
}
