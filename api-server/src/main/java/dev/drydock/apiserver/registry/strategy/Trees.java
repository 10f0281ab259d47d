package dev.drydock.apiserver.registry.strategy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reading and writing JSON trees without asking at each step whether something is there.
public final class Trees {
  private static final JsonNode MISSING = JsonNodeFactory.instance.missingNode();

  private Trees() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// The value at the end of the path; a missing node where there is none or it is null.
  public static JsonNode at(JsonNode node, String... path) {
    JsonNode current = node;
    for (String step : path) {
      current = current.path(step);
    }
    return current.isNull() ? MISSING : current;
  }

  /// The text at the end of the path; empty where there is none.
  public static String text(JsonNode node, String... path) {
    return at(node, path).stringValue("");
  }

  /// The whole number at the end of the path, or the other value where there is none.
  public static long number(JsonNode node, long otherwise, String... path) {
    JsonNode found = at(node, path);
    return found.isIntegralNumber() ? found.longValue() : otherwise;
  }

  public static boolean isTrue(JsonNode node, String... path) {
    return at(node, path).booleanValue(false);
  }

  /// Whether there is a value other than null.
  public static boolean has(JsonNode node, String... path) {
    return !at(node, path).isMissingNode();
  }

  /// Whether there is a list or map with something in it, or another value that is not null.
  public static boolean isFilled(JsonNode node, String... path) {
    JsonNode found = at(node, path);
    return found.isContainer() ? !found.isEmpty() : !found.isMissingNode();
  }

  /// The texts of a list.
  public static List<String> texts(JsonNode node, String... path) {
    var texts = new ArrayList<String>();
    for (JsonNode element : at(node, path)) {
      texts.add(element.stringValue(""));
    }
    return texts;
  }

  /// The texts of a map.
  public static Map<String, String> textMap(JsonNode node, String... path) {
    var map = new LinkedHashMap<String, String>();
    JsonNode found = at(node, path);
    if (found.isObject()) {
      for (Map.Entry<String, JsonNode> entry : found.properties()) {
        map.put(entry.getKey(), entry.getValue().stringValue(""));
      }
    }
    return map;
  }

  /// The object under the name; made where there is none.
  public static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode present ? present : parent.putObject(name);
  }

  /// The list under the name; made where there is none.
  public static ArrayNode list(ObjectNode parent, String name) {
    return parent.get(name) instanceof ArrayNode present ? present : parent.putArray(name);
  }

  /// The objects of a list; everything else in it is left out.
  public static List<ObjectNode> objects(JsonNode node, String... path) {
    var objects = new ArrayList<ObjectNode>();
    for (JsonNode element : at(node, path)) {
      if (element instanceof ObjectNode object) {
        objects.add(object);
      }
    }
    return objects;
  }

  /// Sets a field that is absent or null.
  public static void putDefault(ObjectNode parent, String name, String value) {
    if (isAbsent(parent, name)) {
      parent.put(name, value);
    }
  }

  public static void putDefault(ObjectNode parent, String name, long value) {
    if (isAbsent(parent, name)) {
      parent.set(name, whole(value));
    }
  }

  public static void putDefault(ObjectNode parent, String name, boolean value) {
    if (isAbsent(parent, name)) {
      parent.put(name, value);
    }
  }

  /// A number as the parser would make it, so that trees can be compared.
  public static JsonNode whole(long value) {
    return (int) value == value
        ? JsonNodeFactory.instance.numberNode((int) value)
        : JsonNodeFactory.instance.numberNode(value);
  }

  /// Copies one field from another object, or takes it away where the other has none.
  public static void restore(ObjectNode target, ObjectNode source, String name) {
    JsonNode value = source.get(name);
    if (value == null) {
      target.remove(name);
    } else {
      target.set(name, value);
    }
  }

  private static boolean isAbsent(ObjectNode parent, String name) {
    JsonNode value = parent.get(name);
    return value == null || value.isNull();
  }
}
