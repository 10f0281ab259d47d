package dev.drydock.apiserver.schema;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Fills in the defaults of a schema. A null where none may be counts as absent.
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
      if (given != null && (present == null || isWrongNull(present, property.getValue()))) {
        object.set(property.getKey(), given.deepCopy());
        changed = true;
      }
    }
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      SchemaNode of = schema.property(entry.getKey());
      if (of != null && isWrongNull(entry.getValue(), of)) {
        JsonNode given = of.defaultValue();
        if (given == null) {
          entries.remove();
        } else {
          entry.setValue(given.deepCopy());
        }
        changed = true;
      }
      if (of != null && entry.getValue().isContainer()) {
        changed |= apply(entry.getValue(), of);
      }
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
      if (given != null && isWrongNull(array.get(i), items)) {
        array.set(i, given.deepCopy());
        changed = true;
      }
      changed |= apply(array.get(i), items);
    }
    return changed;
  }

  private static boolean isWrongNull(JsonNode value, SchemaNode schema) {
    return value.isNull() && !schema.isNullable();
  }
}
