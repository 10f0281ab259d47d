package dev.drydock.apiserver.cel.plan;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Equality;
import dev.drydock.apiserver.cel.value.Maybe;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Fields of objects and elements of lists, also of those that may be missing.
final class Access {
  private Access() {}

  static Node select(Node operand, String field) {
    return frame -> {
      Object value = operand.evaluate(frame);
      frame.spend(1);
      if (value instanceof Maybe(Object inner)) {
        return inner == null ? Maybe.NONE : Maybe.of(found(inner, field));
      }
      return present(found(value, field), field);
    };
  }

  static Node has(Node operand, String field) {
    return frame -> {
      Object value = operand.evaluate(frame);
      if (value instanceof Maybe(Object inner)) {
        return inner != null && found(inner, field) != null;
      }
      return found(value, field) != null;
    };
  }

  /// `a.?b` and `a[?b]`.
  static Node optional(Node operand, Node key) {
    return frame -> {
      Object value = operand.evaluate(frame);
      Object wanted = key.evaluate(frame);
      frame.spend(1);
      if (value instanceof Maybe(Object inner)) {
        return inner == null ? Maybe.NONE : Maybe.of(element(inner, wanted));
      }
      return Maybe.of(element(value, wanted));
    };
  }

  static Node index(Node operand, Node key) {
    return frame -> {
      Object value = operand.evaluate(frame);
      Object wanted = key.evaluate(frame);
      frame.spend(1);
      if (value instanceof Maybe(Object inner)) {
        return inner == null ? Maybe.NONE : Maybe.of(element(inner, wanted));
      }
      Object found = element(value, wanted);
      if (found == null && value instanceof List<?>) {
        throw CelEvaluationException.failed("index out of bounds: " + wanted);
      }
      return present(found, wanted);
    };
  }

  private static Object present(@Nullable Object found, Object key) {
    if (found == null) {
      throw CelEvaluationException.noSuchKey(key);
    }
    return found;
  }

  private static @Nullable Object found(Object value, String field) {
    if (value instanceof Map<?, ?> map) {
      return map.get(field);
    }
    throw CelEvaluationException.noSuchOverload();
  }

  private static @Nullable Object element(Object value, Object key) {
    if (value instanceof Map<?, ?> map) {
      return Equality.find(map, key);
    }
    if (value instanceof List<?> list && key instanceof Number number) {
      long index = number.longValue();
      if (number.doubleValue() != index) {
        throw CelEvaluationException.failed("unsupported index value: " + key);
      }
      return index >= 0 && index < list.size() ? list.get((int) index) : null;
    }
    throw CelEvaluationException.noSuchOverload();
  }
}
