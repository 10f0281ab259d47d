package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;
import static dev.drydock.apiserver.cel.value.Values.size;

import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Equality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Kubernetes' lists library, and CEL's `slice`, `flatten`, `distinct`, `sort` and the like.
final class ListFunctions {
  /// What one expression may cost.
  private static final long LONGEST_RANGE = 1_000_000;

  private static final List<String> COMPARABLE =
      List.of("int", "uint", "double", "string", "bool", "bytes", "timestamp", "duration");

  private ListFunctions() {}

  static Library library() {
    var library = new Library();
    for (String type : COMPARABLE) {
      library.member(
          "list(" + type + ").isSorted(): bool",
          Cost.ELEMENTS_OF_FIRST,
          a -> sorted(Equality.elements(a[0])));
      library.member(
          "list(" + type + ").min(): " + type,
          Cost.ELEMENTS_OF_FIRST,
          a -> extreme(a[0], "min", -1));
      library.member(
          "list(" + type + ").max(): " + type,
          Cost.ELEMENTS_OF_FIRST,
          a -> extreme(a[0], "max", 1));
    }
    for (String type : new String[] {"int", "double", "duration"}) {
      library.member(
          "list(" + type + ").sum(): " + type,
          Cost.ELEMENTS_OF_FIRST,
          a -> sum(Equality.elements(a[0]), type));
    }
    library.member(
        "list(T).indexOf(T): int",
        Cost.ELEMENTS_OF_FIRST,
        a -> indexOf(Equality.elements(a[0]), a[1]));
    library.member(
        "list(T).lastIndexOf(T): int",
        Cost.ELEMENTS_OF_FIRST,
        a -> {
          List<Object> list = Equality.elements(a[0]);
          long found = indexOf(list.reversed(), a[1]);
          return found < 0 ? -1L : list.size() - 1 - found;
        });
    made(library);
    return library;
  }

  /// Functions that make lists.
  private static void made(Library library) {
    library.member(
        "list(T).slice(int, int): list(T)",
        Cost.LIST_OF_RESULT,
        a -> slice(Equality.elements(a[0]), (Long) a[1], (Long) a[2]));
    library.member(
        "list(T).distinct(): list(T)",
        (arguments, result) -> Cost.amongThemselves(Equality.elements(arguments[0])),
        a -> distinct(Equality.elements(a[0])));
    library.member(
        "list(T).reverse(): list(T)",
        Cost.LIST_OF_RESULT,
        a -> List.copyOf(Equality.elements(a[0]).reversed()));
    library.member(
        "list(list(T)).flatten(): list(T)",
        (arguments, result) -> Cost.list(size(arguments[0])),
        a -> flatten(Equality.elements(a[0]), 1));
    library.member(
        "list(dyn).flatten(int): list(dyn)",
        (arguments, result) -> Cost.list(size(arguments[0]) * (Long) arguments[1]),
        a -> flatten(Equality.elements(a[0]), (Long) a[1]));
    library.global("lists.range(int): list(int)", Cost.LIST_OF_RESULT, a -> range((Long) a[0]));
    for (String type : COMPARABLE) {
      library.member(
          "list(" + type + ").sort(): list(" + type + ")",
          (arguments, result) -> Cost.amongThemselves(Equality.elements(arguments[0])),
          a -> Equality.elements(a[0]).stream().sorted(ListFunctions::order).toList());
      library.member(
          "list(T).@sortByAssociatedKeys(list(" + type + ")): list(T)",
          (arguments, result) -> Cost.amongThemselves(Equality.elements(arguments[1])),
          a -> sortedBy(Equality.elements(a[0]), Equality.elements(a[1])));
    }
  }

  /// @param keys one for each element
  private static List<Object> sortedBy(List<Object> list, List<Object> keys) {
    return IntStream.range(0, list.size())
        .boxed()
        .sorted((left, right) -> order(keys.get(left), keys.get(right)))
        .map(list::get)
        .toList();
  }

  private static List<Object> range(long end) {
    if (end > LONGEST_RANGE) {
      throw new CelEvaluationException(
          CelEvaluationException.Reason.CALL_LIMIT,
          "operation cancelled: actual cost limit exceeded");
    }
    return LongStream.range(0, end).boxed().map(Object.class::cast).toList();
  }

  private static List<Object> slice(List<Object> list, long from, long to) {
    if (from < 0 || to < 0) {
      throw failed("cannot slice(" + from + ", " + to + "), negative indexes not supported");
    }
    if (from > to) {
      throw failed(
          "cannot slice("
              + from
              + ", "
              + to
              + "), start index must be less than or equal to end"
              + " index");
    }
    if (list.size() < to) {
      throw failed("cannot slice(" + from + ", " + to + "), list is length " + list.size());
    }
    return List.copyOf(list.subList((int) from, (int) to));
  }

  private static List<Object> distinct(List<Object> list) {
    var distinct = new ArrayList<Object>();
    for (Object element : list) {
      if (indexOf(distinct, element) < 0) {
        distinct.add(element);
      }
    }
    return distinct;
  }

  private static List<Object> flatten(List<Object> list, long depth) {
    var flat = new ArrayList<Object>();
    for (Object element : list) {
      if (depth > 0 && element instanceof List<?>) {
        flat.addAll(flatten(Equality.elements(element), depth - 1));
      } else {
        flat.add(element);
      }
    }
    return flat;
  }

  private static boolean sorted(List<Object> list) {
    for (int i = 1; i < list.size(); i++) {
      if (order(list.get(i - 1), list.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static int order(Object left, Object right) {
    OptionalInt order = Equality.compare(left, right);
    return order.orElseThrow(CelEvaluationException::noSuchOverload);
  }

  private static Object extreme(Object list, String name, int sign) {
    List<Object> all = Equality.elements(list);
    if (all.isEmpty()) {
      throw failed(name + " called on empty list");
    }
    Object best = all.getFirst();
    for (Object element : all) {
      if (order(element, best) * sign > 0) {
        best = element;
      }
    }
    return best;
  }

  private static Object sum(List<Object> list, String type) {
    if (list.isEmpty()) {
      return switch (type) {
        case "int" -> 0L;
        case "double" -> 0.0;
        default -> Duration.ZERO;
      };
    }
    Object total = list.getFirst();
    for (Object element : list.subList(1, list.size())) {
      total = plus(total, element);
    }
    return total;
  }

  private static Object plus(Object left, Object right) {
    if (left instanceof Long a && right instanceof Long b) {
      try {
        return Math.addExact(a, b);
      } catch (ArithmeticException e) {
        throw failed("integer overflow");
      }
    }
    if (left instanceof Duration a && right instanceof Duration b) {
      return a.plus(b);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return a.doubleValue() + b.doubleValue();
    }
    throw CelEvaluationException.noSuchOverload();
  }

  private static long indexOf(List<Object> list, Object wanted) {
    for (int i = 0; i < list.size(); i++) {
      if (Equality.equal(list.get(i), wanted)) {
        return i;
      }
    }
    return -1;
  }
}
