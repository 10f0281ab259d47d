package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.cel.value.Named;
import java.math.BigDecimal;

/// `quantity(…)` and its arithmetic.
final class QuantityFunctions {
  private static final String WRONG =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

  private QuantityFunctions() {}

  /// An amount.
  record Amount(Quantity quantity) implements Named {
    @Override
    public String typeName() {
      return "kubernetes.Quantity";
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Amount amount && quantity.compareTo(amount.quantity) == 0;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(quantity.milliValue());
    }

    @Override
    public String toString() {
      return quantity.toString();
    }
  }

  static Library library() {
    var library = new Library();
    library.type("Quantity", "kubernetes.Quantity", Amount.class);
    library.global("quantity(string): Quantity", Cost.TEXT_OF_FIRST, a -> parse((String) a[0]));
    library.global("isQuantity(string): bool", Cost.TEXT_OF_FIRST, a -> isQuantity((String) a[0]));
    library.member("Quantity.sign(): int", a -> (long) of(a[0]).signum());
    library.member("Quantity.isInteger(): bool", a -> isInteger(of(a[0])));
    library.member(
        "Quantity.asInteger(): int",
        a -> {
          if (!isInteger(of(a[0]))) {
            throw failed("cannot convert value to integer");
          }
          return of(a[0]).value();
        });
    library.member("Quantity.asApproximateFloat(): double", a -> exact(of(a[0])).doubleValue());
    library.member("Quantity.add(Quantity): Quantity", a -> new Amount(of(a[0]).add(of(a[1]))));
    library.member(
        "Quantity.add(int): Quantity", a -> new Amount(of(a[0]).add(whole((Long) a[1]))));
    library.member(
        "Quantity.sub(Quantity): Quantity", a -> new Amount(of(a[0]).subtract(of(a[1]))));
    library.member(
        "Quantity.sub(int): Quantity", a -> new Amount(of(a[0]).subtract(whole((Long) a[1]))));
    library.member("Quantity.isGreaterThan(Quantity): bool", a -> of(a[0]).compareTo(of(a[1])) > 0);
    library.member("Quantity.isLessThan(Quantity): bool", a -> of(a[0]).compareTo(of(a[1])) < 0);
    library.member(
        "Quantity.compareTo(Quantity): int",
        a -> (long) Integer.signum(of(a[0]).compareTo(of(a[1]))));
    return library;
  }

  private static Quantity of(Object value) {
    return ((Amount) value).quantity();
  }

  private static Quantity whole(long value) {
    return Quantity.of(value, Quantity.Format.DECIMAL_SI);
  }

  private static BigDecimal exact(Quantity quantity) {
    return quantity.toModel().getNumericalAmount();
  }

  private static boolean isInteger(Quantity quantity) {
    BigDecimal exact = exact(quantity);
    return exact.stripTrailingZeros().scale() <= 0
        && exact.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
  }

  private static boolean isQuantity(String text) {
    try {
      Quantity.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Amount parse(String text) {
    if (!isQuantity(text)) {
      throw failed(WRONG);
    }
    return new Amount(Quantity.parse(text));
  }
}
