package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Whether the parts that a schema's own `allOf`, `anyOf`, `oneOf` and `not` speak of are parts of
/// its structure. The junctors of its parts are not asked, as the real server doesn't.
final class JunctorParts {
  private final List<FieldError> errors = new ArrayList<>();

  private JunctorParts() {}

  static List<FieldError> check(JsonNode schema, String place) {
    var parts = new JunctorParts();
    parts.junctors(schema, schema, place, place);
    return parts.errors;
  }

  /// @param structure what the same value is
  /// @param target where the structure stands
  private void junctors(JsonNode schema, JsonNode structure, String target, String place) {
    if (schema.path("not").isObject()) {
      value(schema.path("not"), structure, target, place + ".not");
    }
    for (String name : List.of("allOf", "anyOf", "oneOf")) {
      JsonNode list = schema.path(name);
      for (int i = 0; i < list.size(); i++) {
        value(list.get(i), structure, target, place + "." + name + "[" + i + "]");
      }
    }
  }

  private void value(JsonNode schema, JsonNode structure, String target, String place) {
    if (!schema.isObject()) {
      return;
    }
    if (!structure.isObject()) {
      errors.add(FieldError.required(target, "because it is defined in " + place));
      return;
    }
    junctors(schema, structure, target, place);
    value(schema.path("items"), structure.path("items"), target + ".items", place + ".items");
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String step = ".properties[" + property.getKey() + "]";
      JsonNode part = structure.path("properties").path(property.getKey());
      value(property.getValue(), part, target + step, place + step);
    }
  }
}
