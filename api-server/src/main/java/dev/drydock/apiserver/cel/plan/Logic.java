package dev.drydock.apiserver.cel.plan;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.CelEvaluationException.Reason;
import dev.drydock.apiserver.cel.value.Maybe;
import java.util.List;

/// `&&`, `||`, `?:`, and what else does not need all of its arguments. A side of `&&` or `||` may
/// fail when the other side decides.
final class Logic {
  private Logic() {}

  static Node and(List<Node> terms) {
    return decided(terms, Boolean.FALSE);
  }

  static Node or(List<Node> terms) {
    return decided(terms, Boolean.TRUE);
  }

  private static Node decided(List<Node> terms, Boolean decisive) {
    return frame -> {
      CelEvaluationException failure = null;
      for (Node term : terms) {
        try {
          Object value = term.evaluate(frame);
          if (value.equals(decisive)) {
            return decisive;
          }
          if (!(value instanceof Boolean) && failure == null) {
            failure = CelEvaluationException.noSuchOverload();
          }
        } catch (CelEvaluationException e) {
          if (isFinal(e)) {
            throw e;
          }
          failure = failure == null ? e : failure;
        }
      }
      if (failure != null) {
        throw failure;
      }
      return !decisive;
    };
  }

  /// Fails as false, for loops.
  static Node notStrictlyFalse(Node term) {
    return frame -> {
      boolean holds;
      try {
        holds = !Boolean.FALSE.equals(term.evaluate(frame));
      } catch (CelEvaluationException e) {
        if (isFinal(e)) {
          throw e;
        }
        holds = true;
      }
      frame.spend(1);
      return holds;
    };
  }

  static boolean isFinal(CelEvaluationException e) {
    return e.reason() == Reason.CALL_LIMIT || e.reason() == Reason.BUDGET;
  }

  static Node conditional(Node condition, Node then, Node otherwise) {
    return frame -> {
      Object truth = condition.evaluate(frame);
      if (!(truth instanceof Boolean holds)) {
        throw CelEvaluationException.noSuchOverload();
      }
      return holds ? then.evaluate(frame) : otherwise.evaluate(frame);
    };
  }

  /// `a.or(b)`.
  static Node or(Node maybe, Node otherwise) {
    return frame -> {
      Object value = maybe.evaluate(frame);
      frame.spend(1);
      if (!(value instanceof Maybe present)) {
        throw CelEvaluationException.noSuchOverload();
      }
      return present.value() == null ? otherwise.evaluate(frame) : present;
    };
  }

  /// `a.orValue(b)`.
  static Node orValue(Node maybe, Node otherwise) {
    return frame -> {
      Object value = maybe.evaluate(frame);
      frame.spend(1);
      if (!(value instanceof Maybe(Object inner))) {
        throw CelEvaluationException.noSuchOverload();
      }
      return inner == null ? otherwise.evaluate(frame) : inner;
    };
  }
}
