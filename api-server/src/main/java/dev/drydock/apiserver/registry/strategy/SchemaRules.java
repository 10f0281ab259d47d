package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the schema alone says about an object: fields that must be there, and texts that are one
/// of a few. For kinds that have no rules of their own.
public record SchemaRules(GroupVersionKind kind) implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode object, Violations found) {
    Schema schema =
        Schemas.builtIn()
            .kind(kind)
            .orElseThrow(() -> new IllegalStateException("no schema of " + kind));
    for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
      switch (property.getKey()) {
        case "apiVersion", "kind", "metadata", "status" -> {
          // checked elsewhere, or nobody's to check
        }
        default -> field(Field.root(object).child(property.getKey()), property.getValue(), found);
      }
    }
    checkRequired(Field.root(object), schema, found);
  }

  private static void field(Field field, Schema schema, Violations found) {
    if (!field.isPresent()) {
      return;
    }
    switch (schema.type()) {
      case OBJECT -> object(field, schema, found);
      case ARRAY ->
          schema.items().ifPresent(item -> field.items().forEach(one -> field(one, item, found)));
      case MAP ->
          schema
              .items()
              .ifPresent(item -> field.entries().forEach(one -> field(one.value(), item, found)));
      case STRING -> {
        if (!schema.facts().enumValues().isEmpty()) {
          found.oneOf(field, schema.facts().enumValues());
        }
      }
      case INTEGER, NUMBER, BOOLEAN, INT_OR_STRING, QUANTITY, ANY -> {
        // decoding has seen to it
      }
    }
  }

  private static void object(Field field, Schema schema, Violations found) {
    checkRequired(field, schema, found);
    for (Map.Entry<String, JsonNode> entry : field.value().properties()) {
      Schema known = schema.properties().get(entry.getKey());
      if (known != null) {
        field(field.child(entry.getKey()), known, found);
      }
    }
  }

  private static void checkRequired(Field field, Schema schema, Violations found) {
    for (String name : schema.required()) {
      Field needed = field.child(name);
      Schema type = schema.properties().get(name);
      boolean text = type != null && type.type() == Schema.Type.STRING;
      if (text ? needed.isEmpty() : !needed.isPresent()) {
        found.required(needed, "");
      }
    }
  }
}
