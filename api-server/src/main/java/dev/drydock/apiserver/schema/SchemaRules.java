package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the schema in a definition must be like: structural, and only with the keywords that are
/// supported.
///
/// @param structure what makes it no structure, or its defaults no values
/// @param keywords what is wrong with single keywords
/// @param unreadable why it can't be read as a structure; empty: it can
public record SchemaRules(
    List<FieldError> structure, List<FieldError> keywords, String unreadable) {

  public SchemaRules {
    structure = List.copyOf(structure);
    keywords = List.copyOf(keywords);
  }

  /// @param place where the schema stands: `spec.versions[0].schema.openAPIV3Schema`
  /// @param moreOfDefaults what else is asked of defaults that are values
  public static SchemaRules check(
      ObjectNode schema,
      String place,
      BiFunction<SchemaNode, String, List<FieldError>> moreOfDefaults) {
    List<FieldError> keywords = KeywordRules.check(schema, place);
    String unreadable = unreadable(schema);
    if (!unreadable.isEmpty()) {
      return new SchemaRules(List.of(), keywords, unreadable);
    }
    List<FieldError> structure = StructuralRules.check(schema, place);
    if (structure.isEmpty()) {
      SchemaNode root = SchemaNode.parse(schema);
      structure = new ArrayList<>(DefaultRules.check(root, place));
      if (structure.isEmpty()) {
        structure.addAll(moreOfDefaults.apply(root, place));
      }
    }
    return new SchemaRules(structure, keywords, "");
  }

  /// Whether its expressions can be looked at.
  public boolean isStructural() {
    return structure.isEmpty() && unreadable.isEmpty();
  }

  private static String unreadable(JsonNode schema) {
    if (!schema.isObject()) {
      return "";
    }
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      JsonNode value = keyword.getValue();
      String problem =
          switch (name) {
            case "id", "$schema", "$ref" ->
                value.stringValue("").isEmpty()
                    ? ""
                    : unsupported(name.equals("$schema") ? "schema" : name);
            case "patternProperties", "dependencies", "definitions" ->
                value.isEmpty() ? "" : unsupported(name);
            case "additionalItems" -> value.isNull() ? "" : unsupported(name);
            case "x-kubernetes-preserve-unknown-fields" ->
                value.isBoolean() && !value.booleanValue()
                    ? "internal error: '" + name + "' must be true or undefined"
                    : "";
            case "items" ->
                value.isArray() && !value.isEmpty()
                    ? "OpenAPIV3Schema 'items' must be a schema, but is an array"
                    : unreadable(value);
            case "additionalProperties", "not" -> unreadable(value);
            case "properties", "allOf", "anyOf", "oneOf" -> firstUnreadable(value);
            default -> "";
          };
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private static String firstUnreadable(JsonNode schemas) {
    for (JsonNode each : schemas) {
      String problem = unreadable(each);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private static String unsupported(String keyword) {
    return "OpenAPIV3Schema '" + keyword + "' is not supported";
  }
}
