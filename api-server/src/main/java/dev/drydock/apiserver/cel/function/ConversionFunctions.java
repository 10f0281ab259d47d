package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import com.google.common.primitives.UnsignedLong;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.TypeName;
import dev.drydock.apiserver.cel.value.Values;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/// From one type to another: `int`, `uint`, `double`, `string`, `bytes`, `bool`, `dyn`, `type`,
/// `timestamp`, `duration`.
final class ConversionFunctions {
  private static final double TWO_TO_63 = 0x1p63;
  private static final double TWO_TO_64 = 0x1p64;

  private ConversionFunctions() {}

  static Library library() {
    var library = new Library();
    library.global("dyn(T): dyn", a -> a[0]);
    library.global("type(T): dyn", a -> new TypeName(Values.typeOf(a[0])));
    toInt(library);
    toUint(library);
    toDouble(library);
    toText(library);
    library.global("bytes(bytes): bytes", a -> a[0]);
    library.global("bytes(string): bytes", Cost.TEXT_OF_FIRST, a -> ByteText.of((String) a[0]));
    library.global("bool(bool): bool", a -> a[0]);
    library.global("bool(string): bool", a -> truth((String) a[0]));
    library.global("timestamp(timestamp): timestamp", a -> a[0]);
    library.global("timestamp(string): timestamp", a -> timestamp((String) a[0]));
    library.global("timestamp(int): timestamp", a -> Instant.ofEpochSecond((Long) a[0]));
    library.global("duration(duration): duration", a -> a[0]);
    library.global("duration(int): duration", a -> Duration.ofNanos((Long) a[0]));
    library.global("duration(string): duration", a -> Values.duration((String) a[0]));
    return library;
  }

  private static void toInt(Library library) {
    library.global("int(int): int", a -> a[0]);
    library.global(
        "int(uint): int",
        a -> {
          if (((UnsignedLong) a[0]).longValue() < 0) {
            throw failed("integer overflow");
          }
          return ((UnsignedLong) a[0]).longValue();
        });
    library.global(
        "int(double): int",
        a -> {
          double number = (Double) a[0];
          if (!(number > -TWO_TO_63 && number < TWO_TO_63)) {
            throw failed("integer overflow");
          }
          return (long) number;
        });
    library.global("int(string): int", a -> integer((String) a[0]));
    library.global("int(timestamp): int", a -> ((Instant) a[0]).getEpochSecond());
    library.global("int(duration): int", a -> ((Duration) a[0]).toNanos());
  }

  private static void toUint(Library library) {
    library.global("uint(uint): uint", a -> a[0]);
    library.global(
        "uint(int): uint",
        a -> {
          if ((Long) a[0] < 0) {
            throw failed("unsigned integer overflow");
          }
          return UnsignedLong.valueOf((Long) a[0]);
        });
    library.global(
        "uint(double): uint",
        a -> {
          double number = (Double) a[0];
          if (!(number >= 0 && number < TWO_TO_64)) {
            throw failed("unsigned integer overflow");
          }
          return UnsignedLong.valueOf(new BigDecimal(number).toBigInteger());
        });
    library.global(
        "uint(string): uint",
        a -> {
          try {
            return UnsignedLong.valueOf((String) a[0]);
          } catch (NumberFormatException e) {
            throw failed("strconv.ParseUint: parsing \"" + a[0] + "\": invalid syntax");
          }
        });
  }

  private static void toDouble(Library library) {
    library.global("double(double): double", a -> a[0]);
    library.global("double(int): double", a -> ((Long) a[0]).doubleValue());
    library.global("double(uint): double", a -> ((UnsignedLong) a[0]).doubleValue());
    library.global(
        "double(string): double",
        a -> {
          try {
            return Double.valueOf((String) a[0]);
          } catch (NumberFormatException e) {
            throw failed("strconv.ParseFloat: parsing \"" + a[0] + "\": invalid syntax");
          }
        });
  }

  private static void toText(Library library) {
    library.global("string(string): string", a -> a[0]);
    library.global("string(bytes): string", Cost.TEXT_OF_FIRST, a -> ((ByteText) a[0]).text());
    for (String type : new String[] {"int", "uint", "double", "bool", "timestamp", "duration"}) {
      library.global("string(" + type + "): string", a -> text(a[0]));
    }
  }

  /// A scalar as text.
  static String text(Object value) {
    return switch (value) {
      case Double number -> number(number);
      case Duration duration -> seconds(duration);
      default -> value.toString();
    };
  }

  private static String number(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "+Inf" : "-Inf";
    }
    return number == Math.rint(number) && Math.abs(number) < 1e21
        ? new BigDecimal(number).toPlainString()
        : Double.toString(number).replace("E-", "e-").replace("E", "e+");
  }

  private static String seconds(Duration duration) {
    return duration.getNano() == 0
        ? duration.getSeconds() + "s"
        : BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString() + "s";
  }

  private static long integer(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw failed("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw failed("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    };
  }

  private static Instant timestamp(String text) {
    if (text.length() <= "2000-01-01".length()) {
      throw failed(
          "parsing time \""
              + text
              + "\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"\" as \"T\"");
    }
    return Values.timestamp(text);
  }
}
