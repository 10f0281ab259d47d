package dev.drydock.api.time;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// Durations in Go's notation, as flags and configuration use it: `1h30m`, `1.5s`, `100ms`.
public final class GoDuration {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private GoDuration() {}

  /// @throws IllegalArgumentException with Go's text
  public static Duration parse(String text) {
    String rest = text;
    boolean negative = rest.startsWith("-");
    if (negative || rest.startsWith("+")) {
      rest = rest.substring(1);
    }
    if (rest.equals("0")) {
      return Duration.ZERO;
    }
    if (rest.isEmpty()) {
      throw invalid(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (!rest.isEmpty()) {
      int digits = span(rest, 0, true);
      int end = span(rest, digits, false);
      if (digits == 0 || rest.substring(0, digits).equals(".")) {
        throw invalid(text);
      }
      if (end == digits) {
        throw new IllegalArgumentException("time: missing unit in duration \"" + text + "\"");
      }
      try {
        var number = new BigDecimal(rest.substring(0, digits));
        long unit = unit(rest.substring(digits, end), text);
        nanos = nanos.add(number.multiply(BigDecimal.valueOf(unit)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(invalid(text).getMessage(), e);
      }
      rest = rest.substring(end);
    }
    if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw invalid(text);
    }
    long total = nanos.setScale(0, RoundingMode.DOWN).longValueExact();
    return Duration.ofNanos(negative ? -total : total);
  }

  private static int span(String text, int from, boolean numeric) {
    int end = from;
    while (end < text.length()) {
      char c = text.charAt(end);
      if ((c == '.' || (c >= '0' && c <= '9')) != numeric) {
        break;
      }
      end++;
    }
    return end;
  }

  private static long unit(String unit, String whole) {
    return switch (unit) {
      case "ns" -> 1;
      case "us", "µs", "μs" -> MICRO;
      case "ms" -> MILLI;
      case "s" -> SECOND;
      case "m" -> MINUTE;
      case "h" -> HOUR;
      default ->
          throw new IllegalArgumentException(
              "time: unknown unit \"" + unit + "\" in duration \"" + whole + "\"");
    };
  }

  private static IllegalArgumentException invalid(String text) {
    return new IllegalArgumentException("time: invalid duration \"" + text + "\"");
  }

  /// As Go prints it: `0s`, `1.5s`, `1h0m0s`, `100ms`.
  public static String format(Duration duration) {
    long nanos = duration.toNanos();
    if (nanos == 0) {
      return "0s";
    }
    String sign = nanos < 0 ? "-" : "";
    long left = Math.abs(nanos);
    if (left < MICRO) {
      return sign + left + "ns";
    }
    if (left < MILLI) {
      return sign + decimal(left, MICRO) + "µs";
    }
    if (left < SECOND) {
      return sign + decimal(left, MILLI) + "ms";
    }
    var text = new StringBuilder(sign);
    if (left >= HOUR) {
      text.append(left / HOUR).append('h');
    }
    if (left >= MINUTE) {
      text.append(left / MINUTE % 60).append('m');
    }
    return text.append(decimal(left % MINUTE, SECOND)).append('s').toString();
  }

  private static String decimal(long nanos, long unit) {
    BigDecimal number =
        BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit)).stripTrailingZeros();
    return number.toPlainString();
  }
}
