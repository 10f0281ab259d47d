package dev.drydock.apiserver.schema;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Lists that are sets, or maps by keys of their elements.
public final class ListTypes {
  private ListTypes() {}

  /// Duplicates in sets and maps, and what is no entry of a map, unless they were there before.
  ///
  /// @param before the stored object; null for a new one
  public static List<FieldError> duplicates(
      JsonNode value, @Nullable JsonNode before, SchemaNode schema) {
    var errors = new ArrayList<FieldError>();
    walk(value, before, schema, "", errors);
    return errors;
  }

  private static void walk(
      JsonNode value,
      @Nullable JsonNode before,
      SchemaNode schema,
      String path,
      List<FieldError> errors) {
    if (before != null && before.equals(value)) {
      return;
    }
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        SchemaNode of = schema.property(entry.getKey());
        if (of != null) {
          String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
          JsonNode old = before == null ? null : before.get(entry.getKey());
          walk(entry.getValue(), old, of, at, errors);
        }
      }
    } else if (value instanceof ArrayNode array) {
      repeated(array, schema, path, errors);
      SchemaNode items = schema.items();
      for (int i = 0; items != null && i < array.size(); i++) {
        JsonNode old = counterpart(array.get(i), before, schema);
        walk(array.get(i), old, items, path + "[" + i + "]", errors);
      }
    }
  }

  private static void repeated(
      ArrayNode array, SchemaNode schema, String path, List<FieldError> errors) {
    String kind = schema.listType();
    if (!kind.equals("set") && !kind.equals("map")) {
      return;
    }
    var seen = new HashSet<JsonNode>();
    for (int i = 0; i < array.size(); i++) {
      JsonNode each = array.get(i);
      if (kind.equals("map") && !each.isObject()) {
        String at = path + "[" + i + "]";
        errors.add(FieldError.invalid(at, each, "must be an object for an array of list-type map"));
        continue;
      }
      JsonNode key = kind.equals("set") ? each : key(each, schema);
      if (!seen.add(key)) {
        errors.add(FieldError.duplicate(path + "[" + i + "]", Shown.of(key)));
      }
    }
  }

  private static JsonNode key(JsonNode element, SchemaNode schema) {
    var sorted = new TreeMap<String, JsonNode>();
    for (String name : schema.mapKeys()) {
      JsonNode value = element.get(name);
      if (value != null) {
        sorted.put(name, value);
      }
    }
    ObjectNode key = JsonNodeFactory.instance.objectNode();
    sorted.forEach(key::set);
    return key;
  }

  /// The element of the list before that an element is compared with; null where none can be
  /// told.
  public static @Nullable JsonNode counterpart(
      JsonNode element, @Nullable JsonNode before, SchemaNode list) {
    if (before == null || !list.listType().equals("map")) {
      return null;
    }
    JsonNode key = key(element, list);
    for (JsonNode each : before) {
      if (key(each, list).equals(key)) {
        return each;
      }
    }
    return null;
  }
}
