package dev.drydock.apiserver.patch;

import dev.drydock.api.codec.GoValues;
import dev.drydock.api.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a value has the types, the fields and the lists that its schema says, in the words of
/// the library that merges applied objects. Null fits everywhere but as an element of a list that
/// knows its elements.
final class TypedCheck {
  /// The name of an element that has no value for any key.
  private static final String NAMELESS = "k:{}";

  private final List<String> problems = new ArrayList<>();

  private TypedCheck() {}

  /// All that does not fit, each with its path.
  static Optional<String> problem(JsonNode value, Schema schema) {
    var check = new TypedCheck();
    check.value(value, schema, "");
    return switch (check.problems.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(check.problems.getFirst());
      default -> Optional.of("errors:\n  " + String.join("\n  ", check.problems));
    };
  }

  private void value(JsonNode value, @Nullable Schema schema, String path) {
    if (schema == null || value.isNull()) {
      return;
    }
    switch (schema.type()) {
      case OBJECT, MAP -> fields(value, schema, path);
      case ARRAY -> elements(value, schema, path);
      case ANY -> {
        if (value.isObject() || !schema.properties().isEmpty()) {
          fields(value, schema, path);
        }
      }
      case STRING -> {
        if (isTime(schema)) {
          scalar(value, path);
        } else if (!value.isString()) {
          report(
              path,
              "expected string, got &value.valueUnstructured{Value:"
                  + GoValues.source(value)
                  + "}");
        }
      }
      case INTEGER, NUMBER -> {
        if (!value.isNumber()) {
          report(path, "expected numeric (int or float), got " + GoValues.type(value));
        }
      }
      case BOOLEAN -> {
        if (!value.isBoolean()) {
          report(path, "expected boolean, got " + shown(value));
        }
      }
      case QUANTITY -> scalar(value, path);
      case INT_OR_STRING -> {
        // The library does not look into it.
      }
    }
  }

  /// Times have a type of their own, which the library does not look into.
  private static boolean isTime(Schema schema) {
    return schema.facts().format().equals("date-time")
        || schema.facts().format().equals("micro-time");
  }

  private void scalar(JsonNode value, String path) {
    if (value.isContainer()) {
      report(path, "expected any scalar, got " + shown(value));
    }
  }

  private void fields(JsonNode value, Schema schema, String path) {
    if (!(value instanceof ObjectNode object)) {
      report(path, "expected map, got " + shown(value));
      return;
    }
    boolean declares = schema.type() == Schema.Type.OBJECT && !schema.properties().isEmpty();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String below = path + "." + entry.getKey();
      @Nullable Schema field = FieldShape.field(schema, entry.getKey());
      if (field == null && declares) {
        report(below, "field not declared in schema");
      } else {
        value(entry.getValue(), field, below);
      }
    }
  }

  private void elements(JsonNode value, Schema schema, String path) {
    if (!(value instanceof ArrayNode list)) {
      report(path, "expected list, got " + shown(value));
      return;
    }
    FieldShape shape = FieldShape.of(list, schema);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode element = list.get(i);
      String at = "[" + i + "]";
      if (shape != FieldShape.LEAF) {
        String name = shape.nameOf(element, schema);
        String unnamed =
            shape == FieldShape.SET ? notInSet(element) : keyless(element, name, schema);
        if (!unnamed.isEmpty()) {
          report(path, "element " + i + ": " + unnamed);
          return;
        }
        at = shown(name);
        if (!seen.add(name)) {
          report(path, "duplicate entries for key " + at);
        }
      }
      value(element, FieldShape.element(schema), path + at);
    }
  }

  /// Why a value is no element of a set; empty: it is.
  private static String notInSet(JsonNode element) {
    return switch (element.getNodeType()) {
      case OBJECT, POJO -> "associative list without keys has an element that's a map type";
      case ARRAY -> "not supported: associative list with lists as elements";
      case NULL, MISSING -> "associative list without keys has an element that's an explicit null";
      case BOOLEAN, NUMBER, STRING, BINARY -> "";
    };
  }

  /// Why a value is no element of a list with keys; empty: it is.
  private static String keyless(JsonNode element, String name, Schema schema) {
    if (element.isNull()) {
      return "associative list with keys may not have a null element";
    }
    if (!element.isObject()) {
      return "associative list with keys may not have non-map elements";
    }
    return name.equals(NAMELESS)
        ? schema.facts().listMapKeys().stream()
            .map(key -> "\"" + key + "\"")
            .collect(
                Collectors.joining(
                    " ",
                    "associative list with keys has an element that omits all key fields [",
                    "] (and doesn't have default values for any key fields)"))
        : "";
  }

  /// An element's name as it stands in paths.
  private static String shown(String name) {
    var element = new FieldSet.Builder();
    element.child(name).own();
    var shown = new StringBuilder();
    element.build().eachPath(shown::append);
    return shown.toString();
  }

  private static String shown(JsonNode value) {
    return "&{" + GoValues.plain(value) + "}";
  }

  private void report(String path, String problem) {
    problems.add(path.isEmpty() ? problem : path + ": " + problem);
  }
}
