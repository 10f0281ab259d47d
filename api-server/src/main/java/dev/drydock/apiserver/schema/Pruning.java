package dev.drydock.apiserver.schema;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes out of an object what its schema does not name.
public final class Pruning {
  private static final Set<String> OF_EVERY_OBJECT = Set.of("apiVersion", "kind", "metadata");

  private final List<String> gone = new ArrayList<>();

  private Pruning() {}

  /// @param object a whole object: `apiVersion`, `kind` and `metadata` stay; changed
  /// @return the paths of what is gone: `spec.list[0].foo`
  public static List<String> prune(ObjectNode object, SchemaNode schema) {
    var pruning = new Pruning();
    pruning.object(object, schema, "", true, schema.preservesUnknown());
    return List.copyOf(pruning.gone);
  }

  /// @param value no whole object, such as a default value
  static List<String> pruneValue(JsonNode value, SchemaNode schema) {
    var pruning = new Pruning();
    pruning.value(value, schema, "");
    return List.copyOf(pruning.gone);
  }

  private void value(JsonNode value, @Nullable SchemaNode schema, String path) {
    boolean keeps = schema != null && schema.preservesUnknown();
    any(value, schema, path, keeps);
  }

  /// @param keeps unknown fields stay here and, until the schema knows more, below
  private void any(JsonNode value, @Nullable SchemaNode schema, String path, boolean keeps) {
    if (value instanceof ObjectNode object) {
      object(object, schema, path, schema != null && schema.isEmbedded(), keeps);
    } else if (value instanceof ArrayNode array) {
      SchemaNode items = schema == null ? null : schema.items();
      for (int i = 0; i < array.size(); i++) {
        String at = path + "[" + i + "]";
        if (keeps) {
          any(array.get(i), items, at, true);
        } else {
          value(array.get(i), items, at);
        }
      }
    }
  }

  private void object(
      ObjectNode object, @Nullable SchemaNode schema, String path, boolean whole, boolean keeps) {
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String name = entry.getKey();
      if (whole && OF_EVERY_OBJECT.contains(name)) {
        continue;
      }
      String at = path.isEmpty() ? name : path + "." + name;
      boolean named = schema != null && schema.properties().containsKey(name);
      if (schema != null && (named || schema.allowsAdditional())) {
        value(entry.getValue(), schema.property(name), at);
      } else if (!keeps) {
        gone.add(at);
        entries.remove();
      }
    }
  }
}
