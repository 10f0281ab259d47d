package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `allOf`, `anyOf`, `oneOf` and `not` may say: they ask more of what the structure around
/// them names, and name nothing themselves.
final class JunctorRules {
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

  private final List<FieldError> errors = new ArrayList<>();

  private JunctorRules() {}

  static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new JunctorRules();
    rules.junctors(schema, schema, place, place);
    return rules.errors;
  }

  /// @param structure what stands at the same place of the value
  private void junctors(JsonNode schema, JsonNode structure, String place, String target) {
    for (String name : List.of("allOf", "anyOf", "oneOf")) {
      JsonNode list = schema.path(name);
      for (int i = 0; i < list.size(); i++) {
        value(list.get(i), structure, place + "." + name + "[" + i + "]", target);
      }
    }
    if (schema.path("not").isObject()) {
      value(schema.path("not"), structure, place + ".not", target);
    }
  }

  private void value(JsonNode schema, JsonNode structure, String place, String target) {
    boolean either = structure.path("x-kubernetes-int-or-string").booleanValue(false);
    FORBIDDEN.forEach(
        (name, message) -> {
          JsonNode given = schema.path(name);
          boolean absent = given.isMissingNode() || (given.isBoolean() && !given.booleanValue());
          if (!absent && !(either && name.equals("type"))) {
            errors.add(FieldError.forbidden(place + "." + name, message));
          }
        });
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String step = ".properties[" + property.getKey() + "]";
      JsonNode named = structure.path("properties").path(property.getKey());
      JsonNode values = structure.path("additionalProperties");
      if (named.isMissingNode() && !values.isObject() && !isOpen(structure)) {
        errors.add(FieldError.required(target + step, "because it is defined in " + place + step));
      }
      value(
          property.getValue(), named.isMissingNode() ? values : named, place + step, target + step);
    }
    if (schema.path("items").isObject()) {
      if (!structure.path("items").isObject() && !isOpen(structure)) {
        errors.add(
            FieldError.required(target + ".items", "because it is defined in " + place + ".items"));
      }
      value(schema.path("items"), structure.path("items"), place + ".items", target + ".items");
    }
    junctors(schema, structure, place, target);
  }

  private static boolean isOpen(JsonNode structure) {
    return structure.isMissingNode()
        || structure.path("x-kubernetes-preserve-unknown-fields").booleanValue(false);
  }
}
