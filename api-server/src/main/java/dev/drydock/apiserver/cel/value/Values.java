package dev.drydock.apiserver.cel.value;

import com.google.common.primitives.UnsignedLong;
import dev.drydock.api.time.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// JSON to values and back.
public final class Values {
  private Values() {}

  /// A value of JSON as an expression sees it. Lists and objects are views: nothing is copied.
  ///
  /// @throws CelEvaluationException for a text that is no timestamp although its shape says so
  public static Object of(JsonNode node, Shape shape) {
    if (node instanceof ObjectNode object) {
      return new JsonMap(object, shape);
    }
    if (node instanceof ArrayNode array) {
      return new JsonList(array, shape);
    }
    if (node.isString()) {
      return text(node.stringValue(), shape);
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isNumber()) {
      if (node.isIntegralNumber() && node.canConvertToLong() && shape.kind() != Shape.Kind.DOUBLE) {
        return node.longValue();
      }
      return node.doubleValue();
    }
    return Null.NULL;
  }

  private static Object text(String text, Shape shape) {
    return switch (shape.kind()) {
      case TIMESTAMP -> timestamp(text);
      case DURATION -> duration(text);
      case BYTES -> new ByteText(Base64.getDecoder().decode(text));
      case DYN, BOOL, INT, DOUBLE, STRING, LIST, MAP, OBJECT, LIBRARY -> text;
    };
  }

  /// @param text a date, or a date with time and offset
  public static Instant timestamp(String text) {
    try {
      if (text.length() == "2000-01-01".length()) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw CelEvaluationException.failed("Invalid date \"" + text + "\"");
    }
  }

  /// @param text as Go writes durations
  public static Duration duration(String text) {
    try {
      return GoDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw CelEvaluationException.failed("time: invalid duration \"" + text + "\"");
    }
  }

  /// A value as JSON; what has no form in JSON becomes its text.
  public static JsonNode toJson(Object value) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (value) {
      case Maybe maybe -> maybe.value() == null ? json.nullNode() : toJson(maybe.value());
      case JsonMap map -> map.node();
      case JsonList list -> list.node();
      case String text -> json.stringNode(text);
      case Boolean truth -> json.booleanNode(truth);
      case Long number -> json.numberNode(number);
      case UnsignedLong number -> json.numberNode(number.bigIntegerValue());
      case Double number -> json.numberNode(number);
      case Null none -> json.nullNode();
      case ByteText bytes -> json.stringNode(bytes.base64());
      case Duration duration -> json.stringNode(GoDuration.format(duration));
      case List<?> list -> {
        ArrayNode array = json.arrayNode();
        list.forEach(element -> array.add(toJson(element)));
        yield array;
      }
      case Map<?, ?> map -> {
        ObjectNode object = json.objectNode();
        map.forEach((key, of) -> object.set(String.valueOf(key), toJson(of)));
        yield object;
      }
      default -> json.stringNode(value.toString());
    };
  }

  /// The name of a value's type.
  public static String typeOf(Object value) {
    return switch (value) {
      case Boolean truth -> "bool";
      case Long number -> "int";
      case UnsignedLong number -> "uint";
      case Double number -> "double";
      case String text -> "string";
      case ByteText bytes -> "bytes";
      case Null none -> "null_type";
      case Instant instant -> "google.protobuf.Timestamp";
      case Duration duration -> "google.protobuf.Duration";
      case TypeName type -> "type";
      case Named named -> named.typeName();
      case List<?> list -> "list";
      case Map<?, ?> map -> "map";
      default -> value.getClass().getSimpleName();
    };
  }

  /// Characters, bytes, elements or entries; 1 for what has no size.
  public static long size(@Nullable Object value) {
    return switch (value) {
      case null -> 1;
      case String text -> text.codePointCount(0, text.length());
      case ByteText bytes -> bytes.length();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> 1;
    };
  }
}
