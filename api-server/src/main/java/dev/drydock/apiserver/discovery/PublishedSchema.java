package dev.drydock.apiserver.discovery;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The schema of a custom resource as OpenAPI shows it: with what every object has, and, in
/// version 2, without what that version can't say.
///
/// @param reference names another definition and answers how to refer to it
record PublishedSchema(OpenApiDialect dialect, UnaryOperator<String> reference) {
  private static final Set<String> MAPS_OF_SCHEMAS = Set.of("properties");
  private static final Set<String> LISTS_OF_SCHEMAS = Set.of("allOf", "anyOf", "oneOf");
  private static final Set<String> NOT_IN_V2 = Set.of("anyOf", "oneOf", "not", "nullable");
  private static final Map<String, String> DESCRIPTIONS =
      Map.of(
          "apiVersion",
          "APIVersion defines the version of the schema that this object is written in.",
          "kind",
          "Names the REST resource that this object stands for.",
          "metadata",
          "Standard object's metadata.");

  ObjectNode object(Definitions.CustomKind kind) {
    if (dialect == OpenApiDialect.V2 && isOpen(kind.schema())) {
      return anything(kind);
    }
    ObjectNode node = schema(kind.schema());
    node.put("type", "object");
    ObjectNode given =
        node.get("properties") instanceof ObjectNode present
            ? present
            : JsonNodeFactory.instance.objectNode();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    for (String name : List.of("apiVersion", "kind")) {
      properties.putObject(name).put("description", DESCRIPTIONS.get(name)).put("type", "string");
    }
    metadata(properties, "ObjectMeta");
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      if (!properties.has(entry.getKey())) {
        properties.set(entry.getKey(), entry.getValue());
      }
    }
    node.set("properties", properties);
    OpenApiDefinitions.put(
        node.putArray("x-kubernetes-group-version-kind").addObject(), kind.kind());
    return node;
  }

  /// Clients of version 2 take a list of properties for all that there are: so there is none.
  private static ObjectNode anything(Definitions.CustomKind kind) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("type", "object");
    OpenApiDefinitions.put(
        node.putArray("x-kubernetes-group-version-kind").addObject(), kind.kind());
    return node;
  }

  private static boolean isOpen(ObjectNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").booleanValue(false);
  }

  ObjectNode list(Definitions.CustomKind kind) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("description", kind.listKind() + " is a list of " + kind.kind().kind());
    node.put("type", "object");
    node.putArray("required").add("items");
    ObjectNode properties = node.putObject("properties");
    for (String name : List.of("apiVersion", "kind")) {
      properties.putObject(name).put("description", DESCRIPTIONS.get(name)).put("type", "string");
    }
    metadata(properties, "ListMeta");
    properties
        .putObject("items")
        .put("description", "The objects.")
        .put("type", "array")
        .putObject("items")
        .put("$ref", reference.apply(kind.name()));
    OpenApiDefinitions.put(
        node.putArray("x-kubernetes-group-version-kind").addObject(), kind.ofLists());
    return node;
  }

  private void metadata(ObjectNode properties, String type) {
    var _ = reference.apply(OpenApiDefinitions.META + type);
    ObjectNode metadata = properties.putObject("metadata");
    metadata.put("description", DESCRIPTIONS.get("metadata"));
    dialect.refer(metadata, OpenApiDefinitions.META + type);
  }

  private ObjectNode schema(ObjectNode given) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    boolean older = dialect == OpenApiDialect.V2;
    boolean free = isOpen(given) || given.path("nullable").booleanValue(false);
    for (Map.Entry<String, JsonNode> entry : given.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      // Version 2 has no null: what may be null, or anything, is left open.
      boolean hidden =
          older
              && (NOT_IN_V2.contains(name)
                  || (free && Set.of("type", "properties", "items", "required").contains(name)));
      if (hidden) {
        continue;
      }
      if (MAPS_OF_SCHEMAS.contains(name)) {
        ObjectNode parts = node.putObject(name);
        for (Map.Entry<String, JsonNode> part : value.properties()) {
          parts.set(part.getKey(), part(part.getValue()));
        }
      } else if (LISTS_OF_SCHEMAS.contains(name)) {
        ArrayNode parts = node.putArray(name);
        value.forEach(part -> parts.add(part(part)));
      } else {
        node.set(name, isSchema(name) ? part(value) : value);
      }
    }
    return node;
  }

  private static boolean isSchema(String keyword) {
    return Set.of("items", "additionalProperties", "not").contains(keyword);
  }

  private JsonNode part(JsonNode value) {
    return value instanceof ObjectNode object ? schema(object) : value;
  }
}
