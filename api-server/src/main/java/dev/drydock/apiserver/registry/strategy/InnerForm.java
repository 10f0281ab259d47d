package dev.drydock.apiserver.registry.strategy;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import tools.jackson.databind.JsonNode;

/// Values as messages of the real server show them: in its inner form, whose fields have capital
/// letters and are all there.
public record InnerForm(String json) {

  /// @param fields in order, each with what stands for its absence where that is not `null`:
  ///     `Name:""`
  public static InnerForm of(Field value, String... fields) {
    return new InnerForm(object(value.value(), fields));
  }

  /// A list or map of texts, of which nothing is `null`.
  public static InnerForm plain(Field value) {
    return new InnerForm(value.isPresent() ? value.value().toString() : "null");
  }

  /// A list of such values.
  public static InnerForm listOf(Field list, String... fields) {
    var joined = new StringJoiner(",", "[", "]");
    list.items().forEach(item -> joined.add(object(item.value(), fields)));
    return new InnerForm(list.isPresent() ? joined.toString() : "null");
  }

  private static String object(JsonNode value, String... fields) {
    var joined = new StringJoiner(",", "{", "}");
    for (String field : fields) {
      int colon = field.indexOf(':');
      String name = colon < 0 ? field : field.substring(0, colon);
      String absent = colon < 0 ? "null" : field.substring(colon + 1);
      JsonNode found = Trees.at(value, lower(name));
      joined.add("\"" + name + "\":" + (found.isMissingNode() ? absent : text(found)));
    }
    return joined.toString();
  }

  /// `SELinuxOptions` is `seLinuxOptions` outside, `UID` is `uid`.
  private static String lower(String name) {
    int capitals = 0;
    while (capitals < name.length() && Character.isUpperCase(name.charAt(capitals))) {
      capitals++;
    }
    int first = capitals == name.length() ? capitals : Math.max(1, capitals - 1);
    return name.substring(0, first).toLowerCase(Locale.ROOT) + name.substring(first);
  }

  /// A value of which nothing is known but that its fields have capital letters.
  public static InnerForm capitalised(JsonNode value) {
    return new InnerForm(text(value));
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      var joined = new StringJoiner(",", "[", "]");
      value.forEach(item -> joined.add(text(item)));
      return joined.toString();
    }
    if (value.isObject()) {
      var joined = new StringJoiner(",", "{", "}");
      for (Map.Entry<String, JsonNode> entry : value.properties()) {
        String key = entry.getKey();
        String name = key.isEmpty() ? key : Character.toUpperCase(key.charAt(0)) + key.substring(1);
        joined.add("\"" + name + "\":" + text(entry.getValue()));
      }
      return joined.toString();
    }
    return value.isMissingNode() ? "null" : value.toString();
  }

  @Override
  public String toString() {
    return json;
  }
}
