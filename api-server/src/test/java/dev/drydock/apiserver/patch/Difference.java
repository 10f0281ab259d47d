package dev.drydock.apiserver.patch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Patches that lead from one object to another, as clients make them.
final class Difference {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// Lists that strategic merge merges, in the objects of [Pods], by their keys.
  private static final Map<String, String> MERGED =
      Map.of(
          "containers", "name",
          "volumes", "name",
          "env", "name",
          "ports", "containerPort",
          "finalizers", "");

  private static final Set<String> RETAINED = Set.of("volumes");

  private Difference() {}

  /// RFC 6902; each change is preceded by a test of what was there.
  static ArrayNode json(ObjectNode from, ObjectNode to) {
    ArrayNode patch = NODES.arrayNode();
    json(from, to, "", patch);
    return patch;
  }

  private static void json(JsonNode from, JsonNode to, String path, ArrayNode into) {
    if (from.equals(to)) {
      return;
    }
    if (from instanceof ArrayNode before && to instanceof ArrayNode after) {
      lists(before, after, path, into);
      return;
    }
    if (!(from instanceof ObjectNode before) || !(to instanceof ObjectNode after)) {
      operation("test", path, from, into);
      operation("replace", path, to, into);
      return;
    }
    for (var field : before.properties()) {
      String place = path + "/" + escaped(field.getKey());
      if (after.has(field.getKey())) {
        json(field.getValue(), after.path(field.getKey()), place, into);
      } else {
        operation("test", place, field.getValue(), into);
        into.addObject().put("op", "remove").put("path", place);
      }
    }
    for (var field : after.properties()) {
      if (!before.has(field.getKey())) {
        operation("add", path + "/" + escaped(field.getKey()), field.getValue(), into);
      }
    }
  }

  private static void lists(ArrayNode from, ArrayNode to, String path, ArrayNode into) {
    int both = Math.min(from.size(), to.size());
    for (int i = 0; i < both; i++) {
      json(from.path(i), to.path(i), path + "/" + i, into);
    }
    for (int i = from.size() - 1; i >= both; i--) {
      into.addObject().put("op", "remove").put("path", path + "/" + i);
    }
    for (int i = both; i < to.size(); i++) {
      operation("add", path + (i % 2 == 0 ? "/-" : "/" + i), to.path(i), into);
    }
  }

  private static void operation(String op, String path, JsonNode value, ArrayNode into) {
    into.addObject().put("op", op).put("path", path).set("value", value);
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /// RFC 7396.
  static ObjectNode merge(ObjectNode from, ObjectNode to) {
    ObjectNode patch = NODES.objectNode();
    from.properties()
        .forEach(
            field -> {
              if (!to.has(field.getKey())) {
                patch.putNull(field.getKey());
              }
            });
    for (var field : to.properties()) {
      @Nullable JsonNode before = from.get(field.getKey());
      if (before instanceof ObjectNode left && field.getValue() instanceof ObjectNode right) {
        ObjectNode inner = merge(left, right);
        if (!inner.isEmpty()) {
          patch.set(field.getKey(), inner);
        }
      } else if (!field.getValue().equals(before)) {
        patch.set(field.getKey(), field.getValue());
      }
    }
    return patch;
  }

  /// As kubectl makes it: lists by their merge keys, with directives.
  static ObjectNode strategic(ObjectNode from, ObjectNode to) {
    ObjectNode patch = merge(from, to);
    for (var field : to.properties()) {
      String name = field.getKey();
      @Nullable JsonNode before = from.get(name);
      if (before == null || before.equals(field.getValue())) {
        continue;
      }
      if (before instanceof ObjectNode left && field.getValue() instanceof ObjectNode right) {
        if (name.equals("nodeSelector")) {
          // Atomic for apply only: strategic merge treats it as any map.
          patch.set(name, merge(left, right));
        } else {
          patch.set(name, strategic(left, right));
        }
      } else if (MERGED.containsKey(name)) {
        lists(name, (ArrayNode) before, (ArrayNode) field.getValue(), patch);
      }
    }
    return patch;
  }

  private static void lists(String name, ArrayNode from, ArrayNode to, ObjectNode patch) {
    String key = MERGED.getOrDefault(name, "");
    patch.remove(name);
    ArrayNode order = patch.putArray("$setElementOrder/" + name);
    ArrayNode changes = NODES.arrayNode();
    List<JsonNode> gone = new ArrayList<>();
    for (JsonNode after : to) {
      order.add(key.isEmpty() ? after : NODES.objectNode().set(key, after.path(key)));
      @Nullable JsonNode before = find(from, after, key);
      if (before == null) {
        changes.add(after);
      } else if (!before.equals(after)) {
        changes.add(element(name, key, (ObjectNode) before, (ObjectNode) after));
      }
    }
    for (JsonNode before : from) {
      if (find(to, before, key) == null) {
        gone.add(before);
      }
    }
    if (key.isEmpty()) {
      if (!gone.isEmpty()) {
        patch.putArray("$deleteFromPrimitiveList/" + name).addAll(gone);
      }
    } else {
      gone.forEach(
          it -> changes.add(NODES.objectNode().put("$patch", "delete").set(key, it.path(key))));
    }
    if (!changes.isEmpty()) {
      patch.set(name, changes);
    }
  }

  private static ObjectNode element(String list, String key, ObjectNode from, ObjectNode to) {
    ObjectNode change = strategic(from, to);
    change.set(key, to.path(key));
    if (RETAINED.contains(list)) {
      ArrayNode kept = change.putArray("$retainKeys");
      to.propertyNames().forEach(kept::add);
    }
    return change;
  }

  private static @Nullable JsonNode find(ArrayNode list, JsonNode element, String key) {
    for (JsonNode each : list) {
      if (key.isEmpty() ? each.equals(element) : each.path(key).equals(element.path(key))) {
        return each;
      }
    }
    return null;
  }
}
