package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;
import static dev.drydock.apiserver.cel.value.Values.size;

import com.google.common.primitives.UnsignedLong;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.Equality;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.LongBinaryOperator;

/// `+`, `-`, `*`, `/`, `%` and `!`. Integers fail rather than overflow.
final class ArithmeticFunctions {
  private static final Cost BOTH_TEXTS =
      (arguments, result) -> Cost.ceil((size(arguments[0]) + size(arguments[1])) * Cost.TEXT);
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

  private ArithmeticFunctions() {}

  static Library library() {
    var library = new Library();
    library.global("!_(bool): bool", a -> !(Boolean) a[0]);
    integers(library, "_+_", Math::addExact);
    integers(library, "_-_", Math::subtractExact);
    integers(library, "_*_", Math::multiplyExact);
    library.global("_/_(int, int): int", a -> divide((Long) a[0], (Long) a[1]));
    library.global("_%_(int, int): int", a -> remainder((Long) a[0], (Long) a[1]));
    library.global("-_(int): int", a -> exact((x, y) -> Math.negateExact(x), (Long) a[0], 0));
    unsigned(library, "_+_", BigInteger::add);
    unsigned(library, "_-_", BigInteger::subtract);
    unsigned(library, "_*_", BigInteger::multiply);
    unsigned(library, "_/_", (x, y) -> nonZero(x, y, "division by zero").divide(y));
    unsigned(library, "_%_", (x, y) -> nonZero(x, y, "modulus by zero").mod(y));
    library.global("_+_(double, double): double", a -> (Double) a[0] + (Double) a[1]);
    library.global("_-_(double, double): double", a -> (Double) a[0] - (Double) a[1]);
    library.global("_*_(double, double): double", a -> (Double) a[0] * (Double) a[1]);
    library.global("_/_(double, double): double", a -> (Double) a[0] / (Double) a[1]);
    library.global("-_(double): double", a -> -(Double) a[0]);
    library.global("_+_(string, string): string", BOTH_TEXTS, a -> (String) a[0] + a[1]);
    library.global(
        "_+_(bytes, bytes): bytes", BOTH_TEXTS, a -> ((ByteText) a[0]).plus((ByteText) a[1]));
    library.global(
        "_+_(list(T), list(T)): list(T)",
        a -> Equality.concatenate((List<?>) a[0], (List<?>) a[1]));
    times(library);
    return library;
  }

  private static void times(Library library) {
    library.global(
        "_+_(timestamp, duration): timestamp", a -> ((Instant) a[0]).plus((Duration) a[1]));
    library.global(
        "_+_(duration, timestamp): timestamp", a -> ((Instant) a[1]).plus((Duration) a[0]));
    library.global(
        "_+_(duration, duration): duration", a -> ((Duration) a[0]).plus((Duration) a[1]));
    library.global(
        "_-_(timestamp, timestamp): duration",
        a -> Duration.between((Instant) a[1], (Instant) a[0]));
    library.global(
        "_-_(timestamp, duration): timestamp", a -> ((Instant) a[0]).minus((Duration) a[1]));
    library.global(
        "_-_(duration, duration): duration", a -> ((Duration) a[0]).minus((Duration) a[1]));
    library.global("-_(duration): duration", a -> ((Duration) a[0]).negated());
  }

  private static void integers(Library library, String name, LongBinaryOperator operator) {
    library.global(name + "(int, int): int", a -> exact(operator, (Long) a[0], (Long) a[1]));
  }

  private static long exact(LongBinaryOperator operator, long left, long right) {
    try {
      return operator.applyAsLong(left, right);
    } catch (ArithmeticException e) {
      throw failed("integer overflow");
    }
  }

  private static long divide(long left, long right) {
    if (right == 0) {
      throw failed("division by zero");
    }
    return exact(Math::divideExact, left, right);
  }

  private static long remainder(long left, long right) {
    if (right == 0) {
      throw failed("modulus by zero");
    }
    return left % right;
  }

  private static void unsigned(Library library, String name, BinaryOperator<BigInteger> operator) {
    library.global(
        name + "(uint, uint): uint",
        a -> {
          BigInteger result =
              operator.apply(
                  ((UnsignedLong) a[0]).bigIntegerValue(), ((UnsignedLong) a[1]).bigIntegerValue());
          if (result.signum() < 0 || result.compareTo(TWO_TO_64) >= 0) {
            throw failed("unsigned integer overflow");
          }
          return UnsignedLong.valueOf(result);
        });
  }

  private static BigInteger nonZero(BigInteger left, BigInteger right, String otherwise) {
    if (right.signum() == 0) {
      throw failed(otherwise);
    }
    return left;
  }
}
