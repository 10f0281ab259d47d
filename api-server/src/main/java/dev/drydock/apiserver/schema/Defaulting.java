package dev.drydock.apiserver.schema;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills in the defaults of a schema. A null where none may be counts as absent, where there is a
/// default for it.
public final class Defaulting {
  private Defaulting() {}

  /// @return whether something has changed
  public static boolean apply(JsonNode value, @Nullable SchemaNode schema) {
    if (schema == null) {
      return false;
    }
    if (value instanceof ObjectNode object) {
      return inObject(object, schema);
    }
    return value instanceof ArrayNode array && inArray(array, schema);
  }

  private static boolean inObject(ObjectNode object, SchemaNode schema) {
    boolean changed = false;
    for (Map.Entry<String, SchemaNode> property : schema.properties().entrySet()) {
      JsonNode given = property.getValue().defaultValue();
      JsonNode present = object.get(property.getKey());
      if (given != null && (present == null || WrongNulls.isOne(present, property.getValue()))) {
        object.set(property.getKey(), given.deepCopy());
        changed = true;
      }
    }
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      SchemaNode of = schema.property(entry.getKey());
      if (of == null) {
        continue;
      }
      JsonNode given = of.defaultValue();
      if (given != null && WrongNulls.isOne(entry.getValue(), of)) {
        entry.setValue(given.deepCopy());
        changed = true;
      }
      changed |= apply(entry.getValue(), of);
    }
    return changed;
  }

  private static boolean inArray(ArrayNode array, SchemaNode schema) {
    SchemaNode items = schema.items();
    if (items == null) {
      return false;
    }
    boolean changed = false;
    for (int i = 0; i < array.size(); i++) {
      JsonNode given = items.defaultValue();
      if (given != null && WrongNulls.isOne(array.get(i), items)) {
        array.set(i, given.deepCopy());
        changed = true;
      }
      changed |= apply(array.get(i), items);
    }
    return changed;
  }
}
