package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which keywords of JSON schemas may be used, and with what.
///
/// Source: the rules and messages of apiextensions' schema validation.
final class KeywordRules {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final Set<String> OF_EVERY_OBJECT = Set.of("metadata", "kind", "apiVersion");
  private static final String OPEN = "x-kubernetes-preserve-unknown-fields";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";

  private final List<FieldError> errors = new ArrayList<>();

  /// Around what a schema stands.
  ///
  /// @param ofMetadata whether it is about fields that every object has
  /// @param noDefaults why there may be no default; null: there may
  private record Around(boolean ofMetadata, @Nullable String noDefaults) {
    static final Around NOTHING = new Around(false, null);

    Around values() {
      return ofMetadata
          ? new Around(true, "inside additionalProperties applying to object metadata")
          : this;
    }

    Around property(String name, boolean atRoot, boolean embedded) {
      if (!(atRoot || embedded) || !OF_EVERY_OBJECT.contains(name)) {
        return this;
      }
      return new Around(true, atRoot ? "in top-level " + name : noDefaults);
    }
  }

  private KeywordRules() {}

  static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new KeywordRules();
    rules.schema(schema, place, true, Around.NOTHING);
    return rules.errors;
  }

  private void schema(JsonNode given, String place, boolean atRoot, Around around) {
    if (!(given instanceof ObjectNode schema)) {
      return;
    }
    supported(schema, place, around);
    if (StructuralRules.flag(schema, "uniqueItems")) {
      errors.add(
          FieldError.forbidden(
              place + ".uniqueItems",
              "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
    }
    JsonNode additional = schema.path("additionalProperties");
    boolean anything = additional.isBoolean() && additional.booleanValue();
    if (isThere(additional) && !anything && !schema.path("properties").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              place + ".additionalProperties",
              "additionalProperties and properties are mutual exclusive"));
    }
    schema(additional, place + ".additionalProperties", false, around.values());
    parts(schema, place, atRoot, around);
    JsonNode keeps = schema.path(OPEN);
    if (keeps.isBoolean() && !keeps.booleanValue()) {
      errors.add(FieldError.invalid(place + "." + OPEN, keeps, "must be true or undefined"));
    }
    errors.addAll(ListRules.check(schema, place));
  }

  private void parts(JsonNode schema, String place, boolean atRoot, Around around) {
    boolean embedded = StructuralRules.flag(schema, EMBEDDED);
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String name = property.getKey();
      String at = place + ".properties[" + name + "]";
      schema(property.getValue(), at, false, around.property(name, atRoot, embedded));
    }
    schema(schema.path("not"), place + ".not", false, around);
    for (String junctor : List.of("allOf", "oneOf", "anyOf")) {
      each(schema.path(junctor), place + "." + junctor, around);
    }
    schema(schema.path("items"), place + ".items", false, around);
    if (schema.path("items").isArray()) {
      each(schema.path("items"), place + ".items", around);
    }
  }

  private void each(JsonNode list, String place, Around around) {
    for (int i = 0; i < list.size(); i++) {
      schema(list.get(i), place + "[" + i + "]", false, around);
    }
  }

  private void supported(JsonNode schema, String place, Around around) {
    String type = schema.path("type").stringValue("");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      errors.add(FieldError.notSupported(place + ".type", type, TYPES));
    }
    if (around.noDefaults() != null && isThere(schema.path("default"))) {
      errors.add(
          FieldError.forbidden(place + ".default", "must not be set " + around.noDefaults()));
    }
    if (!schema.path("id").stringValue("").isEmpty()) {
      unsupported(place, "id");
    }
    if (isThere(schema.path("additionalItems"))) {
      unsupported(place, "additionalItems");
    }
    for (String map : List.of("patternProperties", "definitions")) {
      if (!schema.path(map).isEmpty()) {
        unsupported(place, map);
      }
    }
    for (String name : List.of("dependencies", "$ref")) {
      if (isThere(schema.path(name))) {
        unsupported(place, name);
      }
    }
    if (type.equals("null")) {
      errors.add(
          FieldError.forbidden(
              place + ".type", "type cannot be set to null, use nullable as an alternative"));
    }
    if (schema.path("items").isArray() && !schema.path("items").isEmpty()) {
      errors.add(
          FieldError.forbidden(place + ".items", "items must be a schema object and not an array"));
    }
    if (around.ofMetadata() && StructuralRules.flag(schema, EMBEDDED)) {
      errors.add(
          FieldError.forbidden(place + "." + EMBEDDED, "must not be used inside of resource meta"));
    }
  }

  private void unsupported(String place, String keyword) {
    errors.add(FieldError.forbidden(place + "." + keyword, keyword + " is not supported"));
  }

  private static boolean isThere(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
