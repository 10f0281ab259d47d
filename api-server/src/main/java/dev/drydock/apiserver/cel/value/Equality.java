package dev.drydock.apiserver.cel.value;

import com.google.common.primitives.UnsignedLong;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Which values are equal, and which comes first. Numbers compare across their types.
public final class Equality {
  private Equality() {}

  public static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left == null || right == null) {
      return left == null && right == null;
    }
    if (isNumber(left) && isNumber(right)) {
      OptionalInt order = compare(left, right);
      return order.isPresent() && order.getAsInt() == 0;
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return lists(a, b);
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return maps(a, b);
    }
    if (left instanceof Maybe(Object a) && right instanceof Maybe(Object b)) {
      return equal(a, b);
    }
    return left.equals(right);
  }

  /// Empty when the two have no order.
  public static OptionalInt compare(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      return OptionalInt.of(Long.compare(a, b));
    }
    if (isNumber(left) && isNumber(right)) {
      return numbers(left, right);
    }
    if (left instanceof String a && right instanceof String b) {
      return OptionalInt.of(Integer.signum(a.compareTo(b)));
    }
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return OptionalInt.of(Boolean.compare(a, b));
    }
    if (left instanceof Instant a && right instanceof Instant b) {
      return OptionalInt.of(Integer.signum(a.compareTo(b)));
    }
    if (left instanceof Duration a && right instanceof Duration b) {
      return OptionalInt.of(Integer.signum(a.compareTo(b)));
    }
    if (left instanceof ByteText a && right instanceof ByteText b) {
      return OptionalInt.of(Integer.signum(a.compareTo(b)));
    }
    return OptionalInt.empty();
  }

  private static OptionalInt numbers(Object left, Object right) {
    if (left instanceof Double a && right instanceof Double b) {
      return a.isNaN() || b.isNaN()
          ? OptionalInt.empty()
          : OptionalInt.of(a.doubleValue() == b.doubleValue() ? 0 : Double.compare(a, b));
    }
    if (unordered(left) || unordered(right)) {
      return infinite(left) || infinite(right)
          ? OptionalInt.of(Double.compare(asDouble(left), asDouble(right)))
          : OptionalInt.empty();
    }
    return OptionalInt.of(exact(left).compareTo(exact(right)));
  }

  private static boolean unordered(Object value) {
    return value instanceof Double number && (number.isNaN() || number.isInfinite());
  }

  private static boolean infinite(Object value) {
    return value instanceof Double number && number.isInfinite();
  }

  private static double asDouble(Object value) {
    return value instanceof Number number ? number.doubleValue() : 0;
  }

  private static BigDecimal exact(Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number);
      case UnsignedLong number -> new BigDecimal(number.bigIntegerValue());
      case Double number -> new BigDecimal(number);
      default -> BigDecimal.ZERO;
    };
  }

  private static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof UnsignedLong;
  }

  private static boolean lists(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    Shape.ListOrder order =
        orderOf(left) == Shape.ListOrder.ATOMIC ? orderOf(right) : orderOf(left);
    if (order != Shape.ListOrder.ATOMIC) {
      for (Object element : left) {
        if (!contains(right, element)) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!equal(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Shape.ListOrder orderOf(List<?> list) {
    return list instanceof JsonList json ? json.shape().order() : Shape.ListOrder.ATOMIC;
  }

  /// The elements of a list value.
  @SuppressWarnings("unchecked") // Lists are only read, and hold no null.
  public static List<Object> elements(Object list) {
    return (List<Object>) list;
  }

  public static boolean contains(List<?> list, @Nullable Object wanted) {
    for (Object element : list) {
      if (equal(element, wanted)) {
        return true;
      }
    }
    return false;
  }

  private static boolean maps(Map<?, ?> left, Map<?, ?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (Map.Entry<?, ?> entry : left.entrySet()) {
      Object other = find(right, entry.getKey());
      if (other == null || !equal(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  /// A map's value, found also by a number of another type; null when there is none.
  public static @Nullable Object find(Map<?, ?> map, @Nullable Object key) {
    Object found = map.get(key);
    if (found != null || key == null) {
      return found;
    }
    if (key instanceof Double number && number == Math.rint(number)) {
      return map.get(number.longValue());
    }
    if (key instanceof UnsignedLong number) {
      return map.get(number.longValue());
    }
    return null;
  }

  /// The two lists as one; a set stays a set, and in a list with keys the right element replaces
  /// the left one with the same keys.
  public static List<Object> concatenate(List<?> left, List<?> right) {
    List<Object> all = new ArrayList<>(elements(left));
    switch (orderOf(left)) {
      case ATOMIC -> all.addAll(elements(right));
      case SET -> {
        for (Object element : elements(right)) {
          if (!contains(left, element)) {
            all.add(element);
          }
        }
      }
      case MAP -> {
        List<String> keys = ((JsonList) left).shape().mapKeys();
        for (Object element : elements(right)) {
          int at = indexByKeys(all, element, keys);
          if (at < 0) {
            all.add(element);
          } else {
            all.set(at, element);
          }
        }
      }
    }
    return all;
  }

  private static int indexByKeys(List<Object> list, Object wanted, List<String> keys) {
    for (int i = 0; i < list.size(); i++) {
      Object element = list.get(i);
      if (element instanceof Map<?, ?> a
          && wanted instanceof Map<?, ?> b
          && keys.stream().allMatch(key -> equal(a.get(key), b.get(key)))) {
        return i;
      }
    }
    return -1;
  }
}
