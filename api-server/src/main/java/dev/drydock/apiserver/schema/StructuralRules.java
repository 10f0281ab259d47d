package dev.drydock.apiserver.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether a schema is structural: it says of every part what it is, and names no part only where
/// it asks something of it.
///
/// Source: the rules and messages of apiextensions' structural schemas.
final class StructuralRules {
  private static final String OPEN = "x-kubernetes-preserve-unknown-fields";
  private static final String EITHER = "x-kubernetes-int-or-string";
  private static final String EMBEDDED = "x-kubernetes-embedded-resource";
  private static final Set<String> NAMES = Set.of("name", "generateName");

  private final List<FieldError> errors = new ArrayList<>();

  /// Where a schema stands, and so what must be said of its type.
  private enum Level {
    ROOT("at the root"),
    FIELD("for specified object fields"),
    ITEM("for specified array items");

    private final String words;

    Level(String words) {
      this.words = words;
    }
  }

  private StructuralRules() {}

  /// @param place where the schema stands: `spec.versions[0].schema.openAPIV3Schema`
  /// @return in the order of their texts
  static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new StructuralRules();
    rules.schema(schema, place, Level.ROOT);
    rules.errors.addAll(JunctorParts.check(schema, place));
    rules.errors.sort(Comparator.comparing(FieldError::toString));
    return rules.errors;
  }

  private void schema(ObjectNode schema, String place, Level level) {
    String type = schema.path("type").stringValue("");
    if (type.equals("array") && !schema.path("items").isObject()) {
      errors.add(FieldError.required(place + ".items", "must be specified"));
    }
    parts(schema, place);
    if (schema.has("additionalProperties") && level == Level.ROOT) {
      errors.add(
          FieldError.forbidden(place + ".additionalProperties", "must not be used at the root"));
    }
    for (String other : List.of(OPEN, EMBEDDED)) {
      if (flag(schema, EITHER) && flag(schema, other)) {
        errors.add(
            FieldError.invalid(
                place + "." + other, true, "must be false if " + EITHER + " is true"));
      }
    }
    pattern(schema, place).ifPresent(errors::add);
    errors.addAll(JunctorRules.check(schema, place));
    type(schema, place, level);
    boolean whole = level == Level.ROOT || flag(schema, EMBEDDED);
    if (whole) {
      for (String name : List.of("kind", "apiVersion")) {
        partType(schema, name, "string", place);
      }
      partType(schema, "metadata", "object", place);
    }
    if (level == Level.ROOT) {
      metadata(schema.path("properties").path("metadata"), place + ".properties[metadata]");
    }
  }

  private void parts(ObjectNode schema, String place) {
    if (schema.path("items") instanceof ObjectNode items) {
      schema(items, place + ".items", Level.ITEM);
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getValue() instanceof ObjectNode of) {
        schema(of, place + ".properties[" + property.getKey() + "]", Level.FIELD);
      }
    }
    if (schema.path("additionalProperties") instanceof ObjectNode values) {
      schema(values, place + ".additionalProperties", Level.FIELD);
    }
  }

  private void type(ObjectNode schema, String place, Level level) {
    String type = schema.path("type").stringValue("");
    String at = place + ".type";
    if (flag(schema, EMBEDDED)) {
      embedded(schema, type, place);
    } else if (type.isEmpty() && !flag(schema, EITHER) && !flag(schema, OPEN)) {
      errors.add(FieldError.required(at, "must not be empty " + level.words));
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      errors.add(FieldError.invalid(at, type, "must be object at the root"));
    }
  }

  private void embedded(ObjectNode schema, String type, String place) {
    String message = "must be object if " + EMBEDDED + " is true";
    if (type.isEmpty()) {
      errors.add(FieldError.required(place + ".type", message));
    } else if (!type.equals("object")) {
      errors.add(FieldError.invalid(place + ".type", type, message));
    }
    if (schema.has("additionalProperties")) {
      errors.add(
          FieldError.forbidden(
              place + ".additionalProperties", "must not be used if " + EMBEDDED + " is set"));
    }
    if (schema.path("properties").isEmpty() && !flag(schema, OPEN)) {
      errors.add(
          FieldError.required(
              place + ".properties",
              "must not be empty if " + EMBEDDED + " is true without " + OPEN));
    }
  }

  private void partType(ObjectNode schema, String property, String wanted, String place) {
    JsonNode given = schema.path("properties").path(property);
    String type = given.path("type").stringValue("");
    if (given.isObject() && !type.equals(wanted)) {
      errors.add(
          FieldError.invalid(
              place + ".properties[" + property + "].type", type, "must be " + wanted));
    }
  }

  /// Nobody can ask more of metadata than how objects are named.
  private void metadata(JsonNode metadata, String place) {
    boolean plain =
        metadata
            .propertyStream()
            .allMatch(
                each ->
                    switch (each.getKey()) {
                      case "type", "default" -> true;
                      case "properties" ->
                          each.getValue()
                              .propertyStream()
                              .allMatch(part -> NAMES.contains(part.getKey()));
                      default -> isNothing(each.getValue());
                    });
    if (metadata.isObject() && !plain) {
      errors.add(
          FieldError.forbidden(
              place,
              "must not specify anything other than name and generateName, but metadata is"
                  + " implicitly specified"));
    }
  }

  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isString() && value.stringValue("").isEmpty())
        || (value.isBoolean() && !value.booleanValue());
  }

  /// What is wrong with the regular expression of a schema.
  static Optional<FieldError> pattern(JsonNode schema, String place) {
    String pattern = schema.path("pattern").stringValue("");
    try {
      var _ = Pattern.compile(pattern);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          FieldError.invalid(
              place + ".pattern",
              pattern,
              "must be a valid regular expression, but isn't: error parsing regexp: "
                  + e.getDescription()
                  + ": `"
                  + e.getPattern()
                  + "`"));
    }
  }

  static boolean flag(JsonNode schema, String name) {
    return schema.path(name).booleanValue(false);
  }
}
