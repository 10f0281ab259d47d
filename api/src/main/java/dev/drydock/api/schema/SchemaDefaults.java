package dev.drydock.api.schema;

import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Gives absent and empty fields the values that their schema names. What depends on more than the
/// field's own place is not known here: that is the business of the kind's strategy.
public final class SchemaDefaults {
  private SchemaDefaults() {}

  /// Fills in, at any depth, also inside what has just been filled in. Changes the tree.
  public static void apply(ObjectNode object, Schema schema) {
    for (Map.Entry<String, Schema> property : schema.properties().entrySet()) {
      Schema field = property.getValue();
      JsonNode value = object.get(property.getKey());
      if (value == null || isEmptyText(value)) {
        Optional<JsonNode> given = field.facts().defaultValue();
        if (given.isEmpty()) {
          continue;
        }
        value = given.get().isContainer() ? given.get().deepCopy() : given.get();
        object.set(property.getKey(), value);
      }
      if (value.isContainer()) {
        inside(value, field);
      }
    }
  }

  /// Which is as good as absent.
  private static boolean isEmptyText(JsonNode value) {
    return value.isString() && value.stringValue().isEmpty();
  }

  private static void inside(JsonNode value, Schema schema) {
    if (value instanceof ObjectNode object && schema.type() == Schema.Type.OBJECT) {
      apply(object, schema);
      return;
    }
    schema
        .items()
        .filter(SchemaDefaults::mayHoldDefaults)
        .ifPresent(items -> value.forEach(element -> inside(element, items)));
  }

  private static boolean mayHoldDefaults(Schema schema) {
    return switch (schema.type()) {
      case OBJECT, MAP, ARRAY -> true;
      case STRING, INTEGER, NUMBER, BOOLEAN, INT_OR_STRING, QUANTITY, ANY -> false;
    };
  }
}
