package dev.drydock.testkit.api;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.resource.Patch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the fake knows about object trees.
final class FakeTrees {
  static final JsonMapper MAPPER = JsonMapper.builder().build();

  /// By which field strategic merge finds elements of a list.
  private static final Map<String, String> MERGE_KEYS =
      Map.of(
          "conditions", "type",
          "containers", "name",
          "initContainers", "name",
          "ownerReferences", "uid",
          "env", "name",
          "volumes", "name",
          "addresses", "type",
          "taints", "key",
          "ports", "port",
          "podIPs", "ip");

  private FakeTrees() {}

  static ObjectNode metadata(ObjectNode tree) {
    return tree.withObject("metadata");
  }

  static long revision(ObjectNode tree) {
    String text = tree.path("metadata").path("resourceVersion").asString("");
    return text.isEmpty() ? 0 : Long.parseLong(text);
  }

  static ObjectKey key(ObjectNode tree) {
    JsonNode metadata = tree.path("metadata");
    return ObjectKey.of(
        metadata.path("namespace").asString(""), metadata.path("name").asString(""));
  }

  /// The value of a field selector's path.
  static String field(ObjectNode tree, String path) {
    JsonNode node = tree;
    for (String part : path.split("\\.", -1)) {
      node = node.path(part);
    }
    return node.asString("");
  }

  static boolean sameBesides(ObjectNode one, ObjectNode other, List<String> fields) {
    return one.deepCopy().remove(fields).equals(other.deepCopy().remove(fields));
  }

  static void copyField(ObjectNode from, ObjectNode to, String field) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value.deepCopy());
    }
  }

  static ObjectNode patched(ObjectNode tree, Patch patch) {
    JsonNode document = MAPPER.readTree(patch.document());
    ObjectNode copy = tree.deepCopy();
    switch (patch) {
      case Patch.Json _ -> json(copy, document);
      case Patch.Merge _ -> merge(copy, (ObjectNode) document, Map.of());
      case Patch.StrategicMerge _ -> merge(copy, (ObjectNode) document, MERGE_KEYS);
      case Patch.Apply _ -> merge(copy, (ObjectNode) document, MERGE_KEYS);
    }
    return copy;
  }

  private static void merge(ObjectNode into, ObjectNode patch, Map<String, String> keys) {
    patch.forEachEntry(
        (field, value) -> {
          if (field.startsWith("$")) {
            return;
          }
          JsonNode present = into.get(field);
          if (value.isNull()) {
            into.remove(field);
          } else if (value instanceof ObjectNode change) {
            merge(present instanceof ObjectNode old ? old : into.putObject(field), change, keys);
          } else if (value instanceof ArrayNode changes
              && present instanceof ArrayNode old
              && keys.containsKey(field)) {
            mergeList(old, changes, keys.get(field), keys);
          } else {
            into.set(field, value.deepCopy());
          }
        });
  }

  private static void mergeList(
      ArrayNode into, ArrayNode changes, @Nullable String key, Map<String, String> keys) {
    for (JsonNode change : changes) {
      int at = indexOf(into, change, key);
      boolean delete = change.path("$patch").asString("").equals("delete");
      if (delete && at >= 0) {
        into.remove(at);
      } else if (at >= 0 && into.get(at) instanceof ObjectNode old) {
        merge(old, (ObjectNode) change, keys);
      } else if (!delete) {
        into.add(change.deepCopy());
      }
    }
  }

  private static int indexOf(ArrayNode list, JsonNode wanted, @Nullable String key) {
    for (int i = 0; i < list.size(); i++) {
      if (key != null && list.get(i).path(key).equals(wanted.path(key))) {
        return i;
      }
    }
    return -1;
  }

  private static void json(ObjectNode tree, JsonNode operations) {
    for (JsonNode operation : operations) {
      String path = operation.path("path").asString("");
      int slash = path.lastIndexOf('/');
      JsonNode parent = tree.at(path.substring(0, slash));
      String field = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
      JsonNode value = operation.path("value").deepCopy();
      String what = operation.path("op").asString("");
      switch (parent) {
        case ObjectNode object when what.equals("remove") -> object.remove(field);
        case ObjectNode object -> object.set(field, value);
        case ArrayNode array when what.equals("remove") -> array.remove(Integer.parseInt(field));
        case ArrayNode array when what.equals("replace") ->
            array.set(Integer.parseInt(field), value);
        case ArrayNode array when field.equals("-") -> array.add(value);
        case ArrayNode array -> array.insert(Integer.parseInt(field), value);
        default -> throw new IllegalArgumentException("no such path: " + path);
      }
    }
  }
}
