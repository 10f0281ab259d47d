package dev.drydock.apiserver.cel.function;

import static dev.drydock.apiserver.cel.value.CelEvaluationException.failed;

import com.google.common.primitives.UnsignedLong;
import dev.drydock.apiserver.cel.value.ByteText;
import dev.drydock.apiserver.cel.value.TypeName;
import dev.drydock.apiserver.cel.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// `'%s of %d'.format([…])`.
final class TextFormat {
  private static final int PRECISION = 6;

  private TextFormat() {}

  static String format(String pattern, List<?> arguments) {
    var text = new StringBuilder();
    int next = 0;
    int i = 0;
    while (i < pattern.length()) {
      char c = pattern.charAt(i++);
      if (c != '%') {
        text.append(c);
        continue;
      }
      if (i == pattern.length()) {
        throw failed("unexpected end of string");
      }
      if (pattern.charAt(i) == '%') {
        text.append('%');
        i++;
        continue;
      }
      int precision = PRECISION;
      if (pattern.charAt(i) == '.') {
        int end = i + 1;
        while (end < pattern.length() && Character.isDigit(pattern.charAt(end))) {
          end++;
        }
        precision = end > i + 1 ? Integer.parseInt(pattern.substring(i + 1, end)) : 0;
        i = end;
      }
      if (i >= pattern.length()) {
        throw failed("could not parse formatting clause: unexpected end of string");
      }
      if (next >= arguments.size()) {
        throw failed("index " + next + " out of range");
      }
      text.append(clause(pattern.charAt(i++), precision, arguments.get(next++)));
    }
    return text.toString();
  }

  private static String clause(char verb, int precision, Object value) {
    return switch (verb) {
      case 's' -> text(value);
      case 'd' -> {
        if (value instanceof Long || value instanceof UnsignedLong) {
          yield value.toString();
        }
        throw mismatch("decimal clause can only be used on integers", value);
      }
      case 'f' -> String.format(Locale.ROOT, "%." + precision + "f", number(value));
      case 'e' -> String.format(Locale.ROOT, "%." + precision + "e", number(value));
      case 'b' -> binary(value);
      case 'x' -> hexadecimal(value);
      case 'X' -> hexadecimal(value).toUpperCase(Locale.ROOT);
      case 'o' -> {
        if (value instanceof Long number) {
          yield Long.toOctalString(number);
        }
        throw mismatch("octal clause can only be used on integers", value);
      }
      default ->
          throw failed(
              "could not parse formatting clause: unrecognized formatting clause \"" + verb + "\"");
    };
  }

  private static RuntimeException mismatch(String what, Object value) {
    return failed("error during formatting: " + what + ", was given " + Values.typeOf(value));
  }

  private static double number(Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw mismatch("fixed-point clause can only be used on doubles", value);
  }

  private static String binary(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? "1" : "0";
      case Long number ->
          number < 0 ? "-" + Long.toBinaryString(-number) : Long.toBinaryString(number);
      default -> throw mismatch("only integers and bools can be formatted as binary", value);
    };
  }

  private static String hexadecimal(Object value) {
    return switch (value) {
      case Long number -> number < 0 ? "-" + Long.toHexString(-number) : Long.toHexString(number);
      case UnsignedLong number -> Long.toHexString(number.longValue());
      case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      case ByteText bytes ->
          HexFormat.of().formatHex(bytes.text().getBytes(StandardCharsets.UTF_8));
      default ->
          throw mismatch("only integers, byte buffers, and strings can be formatted as hex", value);
    };
  }

  /// Any value for `%s`.
  static String text(Object value) {
    return switch (value) {
      case TypeName type -> type.name();
      case List<?> list ->
          list.stream().map(TextFormat::text).collect(Collectors.joining(", ", "[", "]"));
      case Map<?, ?> map -> {
        Map<String, String> sorted = new TreeMap<>();
        map.forEach((key, of) -> sorted.put(text(key), text(of)));
        yield sorted.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
      }
      default -> ConversionFunctions.text(value);
    };
  }
}
