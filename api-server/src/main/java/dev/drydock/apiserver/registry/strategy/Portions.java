package dev.drydock.apiserver.registry.strategy;

import java.math.BigInteger;

/// Values that are a number or a percentage: `maxUnavailable` and the like.
public final class Portions {
  private static final BigInteger WHOLE = BigInteger.valueOf(100);

  private Portions() {}

  /// Absent ones are not looked at.
  public static void check(Field portion, Violations found) {
    checkForm(portion, found);
    if (portion.text().matches("[0-9]+%")
        && new BigInteger(portion.text().replace("%", "")).compareTo(WHOLE) > 0) {
      found.invalid(portion, "must not be greater than 100%");
    }
  }

  /// Like [#check], but it may be more than the whole.
  public static void checkForm(Field portion, Violations found) {
    if (!portion.isPresent()) {
      return;
    }
    if (portion.value().isIntegralNumber()) {
      found.notNegative(portion);
    } else if (!portion.text().matches("[0-9]+%")) {
      found.invalid(
          portion,
          "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',"
              + "  or '93%', regex used for validation is '[0-9]+%')");
    }
  }

  /// Whether it is nothing: `0` or `0%`.
  public static boolean isZero(Field portion) {
    return portion.value().isIntegralNumber()
        ? portion.number(0) == 0
        : !portion.text().matches("[0-9]*[1-9][0-9]*%?");
  }
}
