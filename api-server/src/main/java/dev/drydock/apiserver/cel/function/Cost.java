package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.Values.size;

import dev.drydock.apiserver.cel.value.ByteText;
import java.util.List;

/// What a call cost, as Kubernetes counts.
@FunctionalInterface
public interface Cost {
  /// A tenth of a character.
  double TEXT = 0.1;

  /// A quarter of a character of a pattern.
  double PATTERN = 0.25;

  /// A list that is made.
  long LIST = 10;

  /// What nearly everything costs.
  Cost ONE = (arguments, result) -> 1;

  /// Reading the first argument once.
  Cost TEXT_OF_FIRST = (arguments, result) -> ceil(size(arguments[0]) * TEXT);

  /// Reading the first argument and building as much.
  Cost TWICE_TEXT_OF_FIRST = (arguments, result) -> ceil(size(arguments[0]) * 2 * TEXT);

  /// Looking at every element of the first argument.
  Cost ELEMENTS_OF_FIRST = (arguments, result) -> size(arguments[0]);

  /// Making the list that is the result.
  Cost LIST_OF_RESULT = (arguments, result) -> list(size(result));

  /// Comparing two values.
  Cost SMALLER_TEXT =
      (arguments, result) -> ceil(Math.min(size(arguments[0]), size(arguments[1])) * TEXT);

  /// Looking at the pairs of two lists.
  Cost PAIRS = (arguments, result) -> 1 + size(arguments[0]) * size(arguments[1]);

  /// Matching the second argument, a pattern, in the first.
  Cost MATCH =
      (arguments, result) ->
          ceil((1.0 + size(arguments[0])) * TEXT) * ceil(size(arguments[1]) * PATTERN);

  long of(Object[] arguments, Object result);

  /// A call that makes a list.
  ///
  /// @param steps of the work
  static long list(long steps) {
    return 1 + LIST + steps;
  }

  /// A call that compares the elements of a list with each other, and makes a list.
  static long amongThemselves(List<?> elements) {
    Object first = elements.isEmpty() ? 0L : elements.getFirst();
    double each = first instanceof String || first instanceof ByteText ? 2 + TEXT : 2;
    return list((long) (each * elements.size() * elements.size()));
  }

  static long ceil(double cost) {
    return (long) Math.ceil(cost);
  }
}
