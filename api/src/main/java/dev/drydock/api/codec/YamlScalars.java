package dev.drydock.api.codec;

import dev.drydock.api.status.ApiException;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a plain scalar means.
final class YamlScalars {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  /// Longer numbers take long to read, and no field holds them.
  private static final int MAX_DIGITS = 1000;

  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
  private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private YamlScalars() {}

  /// @param tag that the document gives, or the parser's default for plain scalars
  static JsonNode resolve(String text, String tag) {
    if (tag.equals("!")) {
      return NODES.stringNode(text);
    }
    if (NULL.contains(text)) {
      return NODES.nullNode();
    }
    if (TRUE.contains(text)) {
      return NODES.booleanNode(true);
    }
    if (FALSE.contains(text)) {
      return NODES.booleanNode(false);
    }
    char first = text.charAt(0);
    boolean numeric =
        (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.';
    return numeric ? number(text) : NODES.stringNode(text);
  }

  private static JsonNode number(String text) {
    String plain = text.replace("_", "");
    String digits = plain.startsWith("-") || plain.startsWith("+") ? plain.substring(1) : plain;
    String sign = plain.startsWith("-") ? "-" : "";
    try {
      if (digits.startsWith("0x")) {
        return integer(sign + digits.substring(2), 16);
      }
      if (digits.startsWith("0b")) {
        return integer(sign + digits.substring(2), 2);
      }
      if (digits.startsWith("0o")) {
        return integer(sign + digits.substring(2), 8);
      }
      if (digits.length() <= MAX_DIGITS && digits.matches("0[0-7]+")) {
        return integer(sign + digits, 8);
      }
      if (digits.length() <= MAX_DIGITS && digits.matches("[0-9]+")) {
        return integer(sign + digits, 10);
      }
    } catch (NumberFormatException _) {
      return NODES.stringNode(text);
    }
    return FLOAT.matcher(plain).matches()
        ? fraction(Double.parseDouble(plain))
        : NODES.stringNode(text);
  }

  private static JsonNode integer(String digits, int radix) {
    var number = new BigInteger(digits, radix);
    if (number.bitLength() < Integer.SIZE) {
      return NODES.numberNode(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? NODES.numberNode(number.longValue())
        : NODES.numberNode(number);
  }

  private static JsonNode fraction(double value) {
    if (Double.isInfinite(value)) {
      throw ApiException.badRequest(
          "error converting YAML to JSON: json: unsupported value: "
              + (value > 0 ? "+Inf" : "-Inf"));
    }
    return NODES.numberNode(value);
  }
}
