package dev.drydock.apiserver.schema;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Formats that mean nothing to the server.
///
/// Source: the rules of apiextensions for formats of each type.
public final class UnknownFormats {
  private UnknownFormats() {}

  /// Adds what a schema and all schemas below name.
  public static void collect(JsonNode schema, Set<String> into) {
    if (!schema.isObject()) {
      return;
    }
    String format = schema.path("format").stringValue("");
    if (!format.isEmpty() && !isKnown(format, schema.path("type").stringValue(""))) {
      into.add(format);
    }
    each(schema.path("items"), into);
    for (String junctor : List.of("allOf", "anyOf", "oneOf")) {
      each(schema.path(junctor), into);
    }
    collect(schema.path("not"), into);
    schema.path("properties").valueStream().forEach(part -> collect(part, into));
    collect(schema.path("additionalProperties"), into);
  }

  private static void each(JsonNode schemas, Set<String> into) {
    if (schemas.isArray()) {
      schemas.forEach(each -> collect(each, into));
    } else {
      collect(schemas, into);
    }
  }

  private static boolean isKnown(String format, String type) {
    return switch (type) {
      case "", "string" -> Formats.isOfTexts(format);
      case "integer" -> format.equals("int32") || format.equals("int64");
      case "number" -> format.equals("float") || format.equals("double");
      default -> false;
    };
  }
}
