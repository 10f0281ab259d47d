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
final class TextFormat implements FormatPattern.Reader {
  private final List<?> arguments;
  private final StringBuilder text = new StringBuilder();

  private TextFormat(List<?> arguments) {
    this.arguments = arguments;
  }

  static String format(String pattern, List<?> arguments) {
    var format = new TextFormat(arguments);
    FormatPattern.read(pattern, arguments.size(), format);
    return format.text.toString();
  }

  @Override
  public void letter(char letter) {
    text.append(letter);
  }

  @Override
  public void clause(FormatClause clause, char letter, int precision, int position) {
    Object value = arguments.get(position);
    String formatted =
        switch (clause) {
          case STRING -> text(value);
          case DECIMAL -> decimal(value);
          case FIXED -> fraction(clause, "f", precision, value);
          case SCIENTIFIC -> fraction(clause, "e", precision, value);
          case BINARY -> binary(value);
          case HEXADECIMAL -> hexadecimal(value);
          case OCTAL -> octal(value);
        };
    text.append(letter == 'X' ? formatted.toUpperCase(Locale.ROOT) : formatted);
  }

  private static RuntimeException mismatch(FormatClause clause, Object value) {
    return failed(clause.mismatch(Values.typeOf(value)));
  }

  private static String decimal(Object value) {
    if (value instanceof Long || value instanceof UnsignedLong) {
      return value.toString();
    }
    throw mismatch(FormatClause.DECIMAL, value);
  }

  private static String octal(Object value) {
    if (value instanceof Long number) {
      return Long.toOctalString(number);
    }
    throw mismatch(FormatClause.OCTAL, value);
  }

  private static String fraction(FormatClause clause, String letter, int precision, Object value) {
    if (value instanceof Number number) {
      return String.format(Locale.ROOT, "%." + precision + letter, number.doubleValue());
    }
    throw mismatch(clause, value);
  }

  private static String binary(Object value) {
    return switch (value) {
      case Boolean truth -> truth ? "1" : "0";
      case Long number ->
          number < 0 ? "-" + Long.toBinaryString(-number) : Long.toBinaryString(number);
      default -> throw mismatch(FormatClause.BINARY, value);
    };
  }

  private static String hexadecimal(Object value) {
    return switch (value) {
      case Long number -> number < 0 ? "-" + Long.toHexString(-number) : Long.toHexString(number);
      case UnsignedLong number -> Long.toHexString(number.longValue());
      case String text -> HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
      case ByteText bytes ->
          HexFormat.of().formatHex(bytes.text().getBytes(StandardCharsets.UTF_8));
      default -> throw mismatch(FormatClause.HEXADECIMAL, value);
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
