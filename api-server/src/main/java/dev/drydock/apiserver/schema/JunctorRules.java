package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What `allOf`, `anyOf`, `oneOf` and `not` may say: they ask more of what the structure around
/// them is, and say nothing of that themselves.
final class JunctorRules {
  private static final List<String> LISTS = List.of("anyOf", "allOf", "oneOf");

  private static final Map<String, String> FORBIDDEN =
      Map.of(
          "type", "must be empty to be structural",
          "description", "must be empty to be structural",
          "title", "must be empty to be structural",
          "default", "must be undefined to be structural",
          "additionalProperties", "must be undefined to be structural",
          "nullable", "must be false to be structural",
          "x-kubernetes-preserve-unknown-fields", "must be false to be structural",
          "x-kubernetes-embedded-resource", "must be false to be structural",
          "x-kubernetes-int-or-string", "must be false to be structural",
          "x-kubernetes-validations", "must be empty to be structural");

  /// More of the same: a map of pairs holds ten at most.
  private static final Map<String, String> FORBIDDEN_LISTS =
      Map.of(
          "x-kubernetes-list-map-keys", "must be empty to be structural",
          "x-kubernetes-list-type", "must be undefined to be structural",
          "x-kubernetes-map-type", "must be undefined to be structural");

  /// The one way to speak of two types.
  private static final JsonNode INTEGER_OR_STRING =
      JsonNodeFactory.instance
          .arrayNode()
          .add(JsonNodeFactory.instance.objectNode().put("type", "integer"))
          .add(JsonNodeFactory.instance.objectNode().put("type", "string"));

  private final List<FieldError> errors = new ArrayList<>();

  private JunctorRules() {}

  static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new JunctorRules();
    boolean allows = schema.path("anyOf").equals(INTEGER_OR_STRING);
    boolean allowsFirst = schema.path("allOf").path(0).path("anyOf").equals(INTEGER_OR_STRING);
    rules.junctors(schema, place, new Types(allows, allowsFirst));
    return rules.errors;
  }

  /// Whether both types may be named.
  ///
  /// @param here in `anyOf`
  /// @param first in the `anyOf` of the first of `allOf`
  private record Types(boolean here, boolean first) {
    static final Types NONE = new Types(false, false);
  }

  private void junctors(JsonNode schema, String place, Types types) {
    for (String name : LISTS) {
      JsonNode list = schema.path(name);
      if (name.equals("anyOf") && types.here()) {
        continue;
      }
      for (int i = 0; i < list.size(); i++) {
        boolean both = name.equals("allOf") && i == 0 && types.first();
        value(list.get(i), place + "." + name + "[" + i + "]", new Types(both, false));
      }
    }
    if (schema.path("not").isObject()) {
      value(schema.path("not"), place + ".not", Types.NONE);
    }
  }

  private void value(JsonNode schema, String place, Types types) {
    junctors(schema, place, types);
    StructuralRules.pattern(schema, place).ifPresent(errors::add);
    if (schema.path("items").isObject()) {
      value(schema.path("items"), place + ".items", Types.NONE);
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      value(property.getValue(), place + ".properties[" + property.getKey() + "]", Types.NONE);
    }
    BiConsumer<String, String> forbid =
        (name, message) -> {
          if (isSaid(schema.path(name))) {
            errors.add(FieldError.forbidden(place + "." + name, message));
          }
        };
    FORBIDDEN.forEach(forbid);
    FORBIDDEN_LISTS.forEach(forbid);
    if (schema.path("properties").has("metadata")) {
      errors.add(
          FieldError.forbidden(
              place + ".properties[metadata]", "must not be specified in a nested context"));
    }
  }

  private static boolean isSaid(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> false;
      case BOOLEAN -> value.booleanValue();
      case STRING -> !value.stringValue("").isEmpty();
      case ARRAY -> !value.isEmpty();
      default -> true;
    };
  }
}
