package dev.drydock.api.codec;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// How Go prints JSON values that have no types of their own.
public final class GoValues {
  private static final String MAP = "map[string]interface {}";
  private static final String LIST = "[]interface {}";

  private GoValues() {}

  /// As values (`%v`): `map[a:1 b:[x y]]`.
  public static String plain(JsonNode value) {
    if (value.isObject()) {
      var shown = new StringJoiner(" ", "map[", "]");
      sorted(value).forEach((name, one) -> shown.add(name + ":" + plain(one)));
      return shown.toString();
    }
    if (value.isArray()) {
      var shown = new StringJoiner(" ", "[", "]");
      value.forEach(one -> shown.add(plain(one)));
      return shown.toString();
    }
    return value.isNull() ? "<nil>" : value.asString();
  }

  /// As source text (`%#v`): `map[string]interface {}{"a":1}`.
  public static String source(JsonNode value) {
    if (value.isObject()) {
      var shown = new StringJoiner(", ", MAP + "{", "}");
      sorted(value).forEach((name, one) -> shown.add("\"" + name + "\":" + source(one)));
      return shown.toString();
    }
    if (value.isArray()) {
      var shown = new StringJoiner(", ", LIST + "{", "}");
      value.forEach(one -> shown.add(source(one)));
      return shown.toString();
    }
    return value.isNull() ? "interface {}(nil)" : value.toString();
  }

  /// The type (`%T`), where it is no number.
  public static String type(JsonNode value) {
    return value.isObject() ? MAP : value.isArray() ? LIST : GoNames.of(value.getNodeType());
  }

  private static Map<String, JsonNode> sorted(JsonNode object) {
    Map<String, JsonNode> sorted = new TreeMap<>();
    object.properties().forEach(field -> sorted.put(field.getKey(), field.getValue()));
    return sorted;
  }
}
