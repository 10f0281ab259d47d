package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.Values.size;

import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Equality;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/// `==`, `<`, `in`, sizes, and what a text starts with, ends with, contains or matches.
final class ComparisonFunctions {
  private static final Cost SIZE_OF_SECOND = (arguments, result) -> size(arguments[1]);
  private static final Cost TEXT_OF_SECOND =
      (arguments, result) -> Cost.ceil(size(arguments[1]) * Cost.TEXT);
  private static final Cost CONTAINS =
      (arguments, result) ->
          Cost.ceil(size(arguments[0]) * Cost.TEXT) * Cost.ceil(size(arguments[1]) * Cost.TEXT);

  private ComparisonFunctions() {}

  static Library library() {
    var library = new Library();
    library.global("_==_(dyn, dyn): bool", Cost.SMALLER_TEXT, a -> Equality.equal(a[0], a[1]));
    library.global("_!=_(dyn, dyn): bool", Cost.SMALLER_TEXT, a -> !Equality.equal(a[0], a[1]));
    order(library, "_<_", order -> order < 0);
    order(library, "_<=_", order -> order <= 0);
    order(library, "_>_", order -> order > 0);
    order(library, "_>=_", order -> order >= 0);
    library.global(
        "@in(T, list(T)): bool", SIZE_OF_SECOND, a -> Equality.contains((List<?>) a[1], a[0]));
    library.global("@in(K, map(K, V)): bool", a -> Equality.find((Map<?, ?>) a[1], a[0]) != null);
    library.global("size(string): int", a -> size(a[0]));
    library.global("size(bytes): int", a -> size(a[0]));
    library.global("size(list(T)): int", a -> size(a[0]));
    library.global("size(map(K, V)): int", a -> size(a[0]));
    library.member(
        "string.startsWith(string): bool",
        TEXT_OF_SECOND,
        a -> ((String) a[0]).startsWith((String) a[1]));
    library.member(
        "string.endsWith(string): bool",
        TEXT_OF_SECOND,
        a -> ((String) a[0]).endsWith((String) a[1]));
    library.member(
        "string.contains(string): bool", CONTAINS, a -> ((String) a[0]).contains((String) a[1]));
    library.member(
        "string.matches(string): bool",
        Cost.MATCH,
        a -> Patterns.compile((String) a[1]).matcher((String) a[0]).find());
    return library;
  }

  private static void order(Library library, String name, IntPredicate holds) {
    Body body =
        a -> {
          OptionalInt order = Equality.compare(a[0], a[1]);
          if (order.isEmpty()) {
            if (a[0] instanceof Number && a[1] instanceof Number) {
              return false;
            }
            throw CelEvaluationException.noSuchOverload();
          }
          return holds.test(order.getAsInt());
        };
    Cost cost =
        (arguments, result) ->
            arguments[0] instanceof String || arguments[0] instanceof ByteText
                ? Cost.SMALLER_TEXT.of(arguments, result)
                : 1;
    library.global(name + "(dyn, dyn): bool", cost, body);
  }
}
