package dev.drydock.apiserver.cel.plan;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// A loop over a list or a map: what `all`, `exists`, `map`, `filter` and the like are made of.
///
/// An error in a step is kept: a later element may still decide an `exists` or an `all`.
record Fold(Variables variables, Node range, Node start, Steps steps) implements Node {
  private static final int NONE = -1;

  /// Slots.
  ///
  /// @param second -1 in a loop with one variable
  record Variables(int first, int second, int result) {}

  /// @param goOn false ends the loop
  record Steps(Node goOn, Node step, Node result) {}

  @Override
  public Object evaluate(Frame frame) {
    Object over = range.evaluate(frame);
    run(start, frame);
    switch (over) {
      case List<?> list -> list(list, frame);
      case Map<?, ?> map -> map(map, frame);
      default -> throw CelEvaluationException.noSuchOverload();
    }
    return steps.result().evaluate(frame);
  }

  private void list(List<?> list, Frame frame) {
    for (int i = 0; i < list.size() && goesOn(frame); i++) {
      if (variables.second() == NONE) {
        frame.set(variables.first(), list.get(i));
      } else {
        frame.set(variables.first(), (long) i);
        frame.set(variables.second(), list.get(i));
      }
      run(steps.step(), frame);
    }
  }

  private void map(Map<?, ?> map, Frame frame) {
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext() && goesOn(frame)) {
      Map.Entry<?, ?> entry = entries.next();
      frame.set(variables.first(), entry.getKey());
      if (variables.second() != NONE) {
        frame.set(variables.second(), entry.getValue());
      }
      run(steps.step(), frame);
    }
  }

  private boolean goesOn(Frame frame) {
    return Boolean.TRUE.equals(steps.goOn().evaluate(frame));
  }

  private void run(Node step, Frame frame) {
    Object value;
    try {
      value = step.evaluate(frame);
    } catch (CelEvaluationException e) {
      if (Logic.isFinal(e)) {
        throw e;
      }
      value = e;
    }
    frame.set(variables.result(), value);
  }
}
