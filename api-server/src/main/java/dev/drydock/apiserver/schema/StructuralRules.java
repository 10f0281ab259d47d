package dev.drydock.apiserver.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the schema in a definition must be like: structural, and only with the keywords that are
/// supported.
///
/// Source: the rules and messages of apiextensions' schema validation.
public final class StructuralRules {
  private static final List<String> TYPES =
      List.of("array", "boolean", "integer", "number", "object", "string");
  private static final List<String> UNSUPPORTED =
      List.of("$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id");
  private static final Set<String> NAMES_OF_METADATA = Set.of("name", "generateName");

  private final List<FieldError> errors = new ArrayList<>();

  /// Where a schema stands, and so what must be said of its type.
  private enum Level {
    ROOT,
    FIELD,
    ITEM
  }

  private StructuralRules() {}

  /// @param place where the schema stands: `spec.versions[0].schema.openAPIV3Schema`
  public static List<FieldError> check(ObjectNode schema, String place) {
    var rules = new StructuralRules();
    rules.schema(schema, place, Level.ROOT);
    if (rules.errors.isEmpty()) {
      rules.defaults(SchemaNode.parse(schema), place);
    }
    return List.copyOf(rules.errors);
  }

  private void schema(ObjectNode schema, String place, Level level) {
    supported(schema, place);
    type(schema, place, level);
    extensions(schema, place);
    errors.addAll(ListRules.check(schema, place));
    if (level == Level.ROOT || flag(schema, "x-kubernetes-embedded-resource")) {
      metadata(schema.path("properties").path("metadata"), place);
    }
    if (level == Level.ROOT && schema.path("nullable").booleanValue(false)) {
      errors.add(FieldError.forbidden(place + ".nullable", "nullable cannot be true at the root"));
    }
    errors.addAll(JunctorRules.check(schema, place));
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      if (property.getValue() instanceof ObjectNode of
          && !(level == Level.ROOT && property.getKey().equals("metadata"))) {
        schema(of, place + ".properties[" + property.getKey() + "]", Level.FIELD);
      }
    }
    if (schema.path("additionalProperties") instanceof ObjectNode values) {
      schema(values, place + ".additionalProperties", Level.FIELD);
    }
    if (schema.path("items") instanceof ObjectNode items) {
      schema(items, place + ".items", Level.ITEM);
    }
  }

  private void supported(ObjectNode schema, String place) {
    for (String name : UNSUPPORTED) {
      JsonNode given = schema.path(name);
      if (!given.isMissingNode() && !(given.isContainer() && given.isEmpty())) {
        errors.add(FieldError.forbidden(place + "." + name, name + " is not supported"));
      }
    }
    if (flag(schema, "uniqueItems")) {
      errors.add(
          FieldError.forbidden(
              place + ".uniqueItems",
              "uniqueItems cannot be set to true since the runtime complexity becomes quadratic"));
    }
    JsonNode additional = schema.path("additionalProperties");
    if (additional.isBoolean() && !additional.booleanValue()) {
      errors.add(
          FieldError.forbidden(
              place + ".additionalProperties", "additionalProperties cannot be set to false"));
    }
    if (!additional.isMissingNode() && !schema.path("properties").isEmpty()) {
      errors.add(
          FieldError.forbidden(
              place + ".additionalProperties",
              "additionalProperties and properties are mutual exclusive"));
    }
    if (schema.path("items").isArray()) {
      errors.add(
          FieldError.forbidden(place + ".items", "items must be a schema object and not an array"));
    }
    pattern(schema, place);
  }

  private void pattern(ObjectNode schema, String place) {
    String pattern = schema.path("pattern").stringValue("");
    if (!pattern.isEmpty()) {
      try {
        var _ = Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        errors.add(
            FieldError.invalid(
                place + ".pattern",
                pattern,
                "must be a valid regular expression, but isn't: error parsing regexp: "
                    + e.getDescription()
                    + ": `"
                    + pattern
                    + "`"));
      }
    }
  }

  private void type(ObjectNode schema, String place, Level level) {
    String type = schema.path("type").stringValue("");
    boolean either = flag(schema, "x-kubernetes-int-or-string");
    boolean open = flag(schema, "x-kubernetes-preserve-unknown-fields");
    if (either) {
      if (!type.isEmpty()) {
        errors.add(
            FieldError.invalid(
                place + ".type", type, "must be empty if x-kubernetes-int-or-string is true"));
      }
    } else if (type.isEmpty() && (level == Level.ROOT || !open)) {
      String where =
          switch (level) {
            case ROOT -> "at the root";
            case FIELD -> "for specified object fields";
            case ITEM -> "for specified array items";
          };
      errors.add(FieldError.required(place + ".type", "must not be empty " + where));
    } else if (type.equals("null")) {
      errors.add(
          FieldError.forbidden(
              place + ".type", "type cannot be set to null, use nullable as an alternative"));
    } else if (!type.isEmpty() && !TYPES.contains(type)) {
      errors.add(FieldError.notSupported(place + ".type", type, TYPES));
    }
    if (level == Level.ROOT && !type.isEmpty() && !type.equals("object")) {
      errors.add(FieldError.invalid(place + ".type", type, "must be object at the root"));
    }
  }

  private void extensions(ObjectNode schema, String place) {
    String open = "x-kubernetes-preserve-unknown-fields";
    String type = schema.path("type").stringValue("");
    JsonNode keeps = schema.path(open);
    if (keeps.isBoolean() && !keeps.booleanValue()) {
      errors.add(FieldError.invalid(place + "." + open, keeps, "must be true or undefined"));
    }
    if (flag(schema, "x-kubernetes-embedded-resource")) {
      if (!type.equals("object")) {
        errors.add(
            FieldError.invalid(
                place + ".type", type, "must be object if x-kubernetes-embedded-resource is true"));
      }
      if (schema.path("properties").isEmpty() && !flag(schema, open)) {
        errors.add(
            FieldError.required(
                place + ".properties",
                "must not be empty if x-kubernetes-embedded-resource is true without " + open));
      }
    }
  }

  /// Nobody can ask more of metadata than how objects are named.
  private void metadata(JsonNode metadata, String place) {
    if (metadata.isMissingNode()) {
      return;
    }
    boolean plain =
        metadata.path("type").stringValue("").equals("object")
            && metadata.propertyStream().allMatch(e -> isPlain(e.getKey()))
            && NAMES_OF_METADATA.containsAll(
                metadata.path("properties").propertyStream().map(Map.Entry::getKey).toList());
    if (!plain) {
      errors.add(
          FieldError.forbidden(
              place + ".properties[metadata]",
              "must not specify anything other than name and generateName, but metadata is"
                  + " implicitly specified"));
    }
  }

  private static boolean isPlain(String keyword) {
    return Set.of("type", "properties", "description", "title").contains(keyword);
  }

  /// Defaults must be what a client could have written.
  private void defaults(SchemaNode schema, String place) {
    JsonNode given = schema.defaultValue();
    if (given != null) {
      JsonNode pruned = given.deepCopy();
      if (!Pruning.pruneValue(pruned, schema).isEmpty()) {
        errors.add(
            FieldError.invalid(
                place + ".default", Shown.of(given), "must not have unknown fields"));
      }
      for (FieldError error : SchemaValidation.check(given, null, schema, place + ".default")) {
        errors.add(error);
      }
    }
    schema
        .properties()
        .forEach((name, part) -> defaults(part, place + ".properties[" + name + "]"));
    each(schema.additional(), place + ".additionalProperties");
    each(schema.items(), place + ".items");
  }

  private void each(@Nullable SchemaNode part, String place) {
    if (part != null) {
      defaults(part, place);
    }
  }

  static boolean flag(ObjectNode schema, String name) {
    return schema.path(name).booleanValue(false);
  }
}
