package dev.drydock.apiserver.patch;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields of the objects of [Pods], by paths, told without the schema.
final class Fields {
  private static final Set<String> ATOMIC = Set.of("nodeSelector", "tolerations", "args");
  private static final String THERE = "there";

  private Fields() {}

  /// Everything that can have an owner, with its value; an element of a list also exists as such.
  static Map<String, String> of(ObjectNode pod) {
    Map<String, String> fields = new TreeMap<>();
    ObjectNode copy = pod.deepCopy();
    copy.withObject("/metadata").remove("name");
    copy.withObject("/metadata").remove("managedFields");
    collect("", "", copy, fields);
    return fields;
  }

  private static void collect(String path, String name, JsonNode value, Map<String, String> into) {
    if (ATOMIC.contains(name) || !value.isContainer()) {
      into.put(path, value.toString());
      return;
    }
    if (value.isEmpty() && !path.isEmpty() && !name.equals("metadata")) {
      into.put(path, "empty");
    }
    for (var field : value.properties()) {
      collect(path + "/f:" + field.getKey(), field.getKey(), field.getValue(), into);
    }
    if (value instanceof ArrayNode list) {
      for (JsonNode each : list) {
        String element = path + "/" + key(name, each);
        into.put(element, THERE);
        if (each.isContainer()) {
          collect(element, "", each, into);
        }
      }
    }
  }

  private static String key(String list, JsonNode each) {
    return switch (list) {
      case "finalizers" -> "v:" + each;
      case "ports" ->
          "k:{\"containerPort\":"
              + each.path("containerPort")
              + ",\"protocol\":"
              + each.path("protocol")
              + "}";
      default -> "k:{\"name\":" + each.path("name") + "}";
    };
  }

  /// What a manager owns, in the notation of [#of].
  static Set<String> ownedBy(String manager, ObjectNode pod) {
    Set<String> owned = new TreeSet<>();
    for (JsonNode entry : pod.path("metadata").path("managedFields")) {
      if (entry.path("manager").asString("").equals(manager)) {
        owned("", entry.path("fieldsV1"), owned);
      }
    }
    return owned;
  }

  private static void owned(String path, JsonNode fields, Set<String> into) {
    if (fields.isEmpty() && !path.isEmpty()) {
      into.add(path);
    }
    for (var field : fields.properties()) {
      if (field.getKey().equals(".")) {
        into.add(path);
      } else {
        owned(path + "/" + field.getKey(), field.getValue(), into);
      }
    }
  }

  /// The same object with its lists in one order, without the record.
  static JsonNode unordered(JsonNode value) {
    return switch (value) {
      case ObjectNode object -> {
        ObjectNode sorted = object.objectNode();
        new TreeSet<>(object.propertyNames())
            .forEach(
                name -> {
                  if (!name.equals("managedFields")) {
                    JsonNode inner = object.path(name);
                    sorted.set(name, ATOMIC.contains(name) ? inner : unordered(inner));
                  }
                });
        yield sorted;
      }
      case ArrayNode list -> {
        var sorted = new TreeMap<String, JsonNode>();
        list.forEach(each -> sorted.put(unordered(each).toString(), unordered(each)));
        yield list.arrayNode().addAll(sorted.values());
      }
      case JsonNode other -> other;
    };
  }
}
