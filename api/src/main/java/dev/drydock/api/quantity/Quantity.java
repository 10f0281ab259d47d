package dev.drydock.api.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An amount of a resource: `500m`, `1Gi`, `1e3`. Exact down to 10⁻⁹ (finer input is rounded up).
///
/// Equality and order are those of the amount: `1000m` equals `1`. [#toString] is canonical.
public final class Quantity implements Comparable<Quantity> {

  /// The family of suffixes in which a quantity is printed.
  public enum Format {
    BINARY_SI,
    DECIMAL_SI,
    DECIMAL_EXPONENT
  }

  public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

  private static final Map<String, Integer> DECIMAL =
      Map.of("n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final String[] DECIMAL_SUFFIXES = {
    "n", "u", "m", "", "k", "M", "G", "T", "P", "E"
  };
  private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
  private static final int FINEST = 9;
  private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
  private static final String FORM =
      "quantities must match the regular expression"
          + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  private static final String SUFFIX = "unable to parse quantity's suffix";

  private final BigDecimal amount;
  private final Format format;

  private Quantity(BigDecimal amount, Format format) {
    this.amount = amount;
    this.format = format;
  }

  public static Quantity of(long value, Format format) {
    return new Quantity(BigDecimal.valueOf(value), format);
  }

  public static Quantity ofMilli(long milli) {
    return new Quantity(BigDecimal.valueOf(milli, 3), Format.DECIMAL_SI);
  }

  /// From a model object; null is zero.
  public static Quantity of(io.fabric8.kubernetes.api.model.@Nullable Quantity model) {
    if (model == null) {
      return ZERO;
    }
    String unit = model.getFormat();
    return parse(model.getAmount() + (unit == null ? "" : unit));
  }

  /// @throws IllegalArgumentException with Kubernetes' text
  public static Quantity parse(String text) {
    int end = numberEnd(text);
    String number = text.substring(0, end);
    String suffix = text.substring(end);
    BigDecimal parsed = number(number);
    if (suffix.isEmpty()) {
      return new Quantity(rounded(parsed), Format.DECIMAL_SI);
    }
    int binary = binaryPower(suffix);
    if (binary > 0) {
      return new Quantity(rounded(parsed.multiply(KIBI.pow(binary))), Format.BINARY_SI);
    }
    @Nullable Integer decimal = DECIMAL.get(suffix);
    if (decimal != null) {
      return new Quantity(rounded(parsed.scaleByPowerOfTen(decimal)), Format.DECIMAL_SI);
    }
    return new Quantity(
        rounded(parsed.scaleByPowerOfTen(exponent(suffix))), Format.DECIMAL_EXPONENT);
  }

  private static int numberEnd(String text) {
    int end = 0;
    while (end < text.length()) {
      char c = text.charAt(end);
      boolean sign = end == 0 && (c == '+' || c == '-');
      if (!sign && c != '.' && (c < '0' || c > '9')) {
        break;
      }
      end++;
    }
    return end;
  }

  private static BigDecimal number(String text) {
    if (text.length() < 18 && !text.isEmpty() && text.indexOf('.') < 0) {
      try {
        return BigDecimal.valueOf(Long.parseLong(text));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(FORM, e);
      }
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(FORM, e);
    }
  }

  private static int binaryPower(String suffix) {
    for (int i = 1; i < BINARY_SUFFIXES.length; i++) {
      if (BINARY_SUFFIXES[i].equals(suffix)) {
        return i;
      }
    }
    return 0;
  }

  private static int exponent(String suffix) {
    if (suffix.charAt(0) != 'e' && suffix.charAt(0) != 'E') {
      throw new IllegalArgumentException(
          suffix.chars().allMatch(c -> "eEinumkKMGTP+-0123456789".indexOf(c) >= 0) ? SUFFIX : FORM);
    }
    try {
      int power = Integer.parseInt(suffix.substring(1));
      if (Math.abs(power) > 1000) {
        throw new IllegalArgumentException(SUFFIX);
      }
      return power;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(SUFFIX, e);
    }
  }

  private static BigDecimal rounded(BigDecimal value) {
    return value.scale() > FINEST ? value.setScale(FINEST, RoundingMode.UP) : value;
  }

  /// The amount, rounded up to a whole number; the largest long when it is greater.
  public long value() {
    return whole(amount);
  }

  /// The amount in thousandths, rounded up; the largest long when it is greater.
  public long milliValue() {
    return whole(amount.scaleByPowerOfTen(3));
  }

  private static long whole(BigDecimal number) {
    BigDecimal up = number.setScale(0, RoundingMode.UP);
    if (up.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      return Long.MAX_VALUE;
    }
    return up.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0 ? Long.MIN_VALUE : up.longValue();
  }

  public Format format() {
    return format;
  }

  public int signum() {
    return amount.signum();
  }

  public boolean isZero() {
    return amount.signum() == 0;
  }

  /// The sum, in this quantity's format (the other's when this is zero).
  public Quantity add(Quantity other) {
    return new Quantity(amount.add(other.amount), isZero() ? other.format : format);
  }

  /// The difference, in this quantity's format (the other's when this is zero).
  public Quantity subtract(Quantity other) {
    return new Quantity(amount.subtract(other.amount), isZero() ? other.format : format);
  }

  public Quantity negate() {
    return new Quantity(amount.negate(), format);
  }

  public io.fabric8.kubernetes.api.model.Quantity toModel() {
    return io.fabric8.kubernetes.api.model.Quantity.parse(toString());
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity that && amount.compareTo(that.amount) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(amount.stripTrailingZeros());
  }

  /// Canonical: no fraction, the largest suffix that keeps the number whole.
  @Override
  public String toString() {
    if (amount.signum() == 0) {
      return "0";
    }
    return switch (format) {
      case BINARY_SI -> isWhole() && amount.abs().compareTo(KIBI) >= 0 ? binary() : decimal();
      case DECIMAL_SI, DECIMAL_EXPONENT -> decimal();
    };
  }

  private boolean isWhole() {
    return amount.stripTrailingZeros().scale() <= 0;
  }

  private String binary() {
    BigInteger number = amount.toBigIntegerExact();
    int power = 0;
    while (power < BINARY_SUFFIXES.length - 1 && number.getLowestSetBit() >= 10) {
      number = number.shiftRight(10);
      power++;
    }
    return number + BINARY_SUFFIXES[power];
  }

  private String decimal() {
    BigDecimal stripped = amount.stripTrailingZeros();
    int power = Math.clamp(Math.floorDiv(-stripped.scale(), 3) * 3L, -FINEST, 18);
    String number = stripped.scaleByPowerOfTen(-power).toBigInteger().toString();
    if (format == Format.DECIMAL_EXPONENT) {
      return power == 0 ? number : number + "e" + power;
    }
    return number + DECIMAL_SUFFIXES[power / 3 + 3];
  }
}
