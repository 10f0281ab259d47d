package dev.drydock.apiserver.schema;

import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Nulls where none may be. Those that no default replaces go, but for those in applied intents.
public final class WrongNulls {
  private WrongNulls() {}

  static boolean isOne(JsonNode value, SchemaNode schema) {
    return value.isNull() && !schema.isNullable();
  }

  /// @return whether something has changed
  public static boolean prune(JsonNode value, @Nullable SchemaNode schema) {
    if (schema == null) {
      return false;
    }
    boolean changed = false;
    if (value instanceof ObjectNode object) {
      Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
      while (entries.hasNext()) {
        Map.Entry<String, JsonNode> entry = entries.next();
        SchemaNode of = schema.property(entry.getKey());
        if (of != null && isOne(entry.getValue(), of) && of.defaultValue() == null) {
          entries.remove();
          changed = true;
        } else {
          changed |= prune(entry.getValue(), of);
        }
      }
    } else if (value.isArray()) {
      for (JsonNode each : value) {
        changed |= prune(each, schema.items());
      }
    }
    return changed;
  }
}
