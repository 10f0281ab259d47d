package dev.drydock.api.schema;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.time.KubernetesTime;
import java.time.DateTimeException;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/// Scalars as Go's decoder takes them, and the errors in its words.
final class ScalarDecoding {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private ScalarDecoding() {}

  /// @param place for messages: `DeploymentSpec.spec.replicas`
  /// @return the value in canonical form; the same node where it is that already
  static JsonNode decode(JsonNode value, Schema schema, Supplier<String> place) {
    boolean fits =
        switch (schema.type()) {
          case STRING -> value.isString();
          case BOOLEAN -> value.isBoolean();
          case NUMBER -> value.isNumber();
          case INTEGER -> value.isNumber();
          case INT_OR_STRING -> value.isString() || value.isNumber();
          case QUANTITY -> value.isString() || value.isNumber();
          case OBJECT, MAP, ARRAY, ANY -> true;
        };
    if (!fits) {
      throw switch (schema.type()) {
        case INT_OR_STRING ->
            new UnreadableException(
                "json: cannot unmarshal " + kind(value) + " into Go value of type int32");
        case QUANTITY -> quantityError(value);
        case STRING, BOOLEAN, NUMBER, INTEGER, OBJECT, MAP, ARRAY, ANY ->
            wrong(kind(value), place.get(), schema);
      };
    }
    return switch (schema.type()) {
      case STRING -> string(value, schema.facts().format());
      case INTEGER -> integer(value, schema, place);
      case INT_OR_STRING -> value.isNumber() ? integer(value, schema, place) : value;
      case QUANTITY -> quantity(value);
      case BOOLEAN, NUMBER, OBJECT, MAP, ARRAY, ANY -> value;
    };
  }

  private static JsonNode string(JsonNode value, String format) {
    String text = value.stringValue();
    return switch (format) {
      case "date-time" -> text.isEmpty() ? value : time(value, text, Precision.SECONDS);
      case "micro-time" -> text.isEmpty() ? value : time(value, text, Precision.MICROS);
      case "byte" -> bytes(value, text);
      default -> value;
    };
  }

  private enum Precision {
    SECONDS,
    MICROS
  }

  private static JsonNode time(JsonNode value, String text, Precision precision) {
    String canonical;
    try {
      var time = KubernetesTime.parse(text);
      canonical =
          switch (precision) {
            case SECONDS -> KubernetesTime.seconds(time);
            case MICROS -> KubernetesTime.micros(time);
          };
    } catch (DateTimeException e) {
      String layout =
          precision == Precision.SECONDS
              ? "2006-01-02T15:04:05Z07:00"
              : "2006-01-02T15:04:05.000000Z07:00";
      throw new UnreadableException(
          "parsing time \""
              + text
              + "\" as \""
              + layout
              + "\": cannot parse \""
              + text
              + "\" as \"2006\"");
    }
    return canonical.equals(text) ? value : StringNode.valueOf(canonical);
  }

  private static JsonNode bytes(JsonNode value, String text) {
    int end = text.length();
    while (end > 0 && end > text.length() - 2 && text.charAt(end - 1) == '=') {
      end--;
    }
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (ALPHABET.indexOf(c) < 0) {
        if (c == '\n' || c == '\r') {
          return bytes(value, StringNode.valueOf(text.replace("\n", "").replace("\r", "")));
        }
        throw illegalBase64(i);
      }
    }
    if (text.length() % 4 != 0) {
      throw illegalBase64(text.length() / 4 * 4);
    }
    return value;
  }

  private static JsonNode bytes(JsonNode original, StringNode stripped) {
    JsonNode checked = bytes(stripped, stripped.stringValue());
    return checked.equals(original) ? original : checked;
  }

  private static UnreadableException illegalBase64(int at) {
    return new UnreadableException("illegal base64 data at input byte " + at);
  }

  private static JsonNode integer(JsonNode value, Schema schema, Supplier<String> place) {
    boolean fits =
        value.isIntegralNumber()
            && (schema.facts().format().equals("int64")
                ? value.canConvertToLong()
                : value.canConvertToInt());
    if (!fits) {
      throw wrong("number " + value, place.get(), schema);
    }
    return value;
  }

  private static JsonNode quantity(JsonNode value) {
    String text = value.isString() ? value.stringValue().strip() : value.toString();
    try {
      String canonical = Quantity.parse(text).toString();
      return value.isString() && canonical.equals(value.stringValue())
          ? value
          : StringNode.valueOf(canonical);
    } catch (IllegalArgumentException e) {
      throw new UnreadableException(String.valueOf(e.getMessage()));
    }
  }

  private static UnreadableException quantityError(JsonNode value) {
    try {
      return new UnreadableException(
          "unable to parse quantity " + Quantity.parse(value.toString()));
    } catch (IllegalArgumentException e) {
      return new UnreadableException(String.valueOf(e.getMessage()));
    }
  }

  /// What Go calls the JSON value.
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "bool";
      case ARRAY -> "array";
      case OBJECT, POJO -> "object";
      case NULL, MISSING, BINARY -> "null";
    };
  }

  static UnreadableException wrong(String kind, String place, Schema schema) {
    return new UnreadableException(
        "json: cannot unmarshal "
            + kind
            + " into Go struct field "
            + place
            + " of type "
            + goType(schema));
  }

  private static String goType(Schema schema) {
    return switch (schema.type()) {
      case STRING ->
          switch (schema.facts().format()) {
            case "byte" -> "[]uint8";
            default -> "string";
          };
      case INTEGER -> schema.facts().format().equals("int64") ? "int64" : "int32";
      case INT_OR_STRING -> "int32";
      case NUMBER -> "float64";
      case BOOLEAN -> "bool";
      case QUANTITY -> "resource.Quantity";
      case ARRAY -> "[]" + schema.items().map(ScalarDecoding::goType).orElse("string");
      case MAP -> "map[string]" + schema.items().map(ScalarDecoding::goType).orElse("string");
      case OBJECT -> {
        String[] name = schema.definition().orElse("v1.Object").split("\\.", -1);
        yield name[name.length - 2] + "." + name[name.length - 1];
      }
      case ANY -> "runtime.RawExtension";
    };
  }
}
