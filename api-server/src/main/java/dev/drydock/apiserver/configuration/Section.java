package dev.drydock.apiserver.configuration;

import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// A part of a configuration file. What is not there is empty; what nobody knows is refused.
public final class Section {
  private final JsonNode node;
  private final String path;

  private Section(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /// A file in YAML or JSON.
  ///
  /// @param apiVersions those that are understood
  /// @throws IllegalArgumentException when it is something else
  public static Section read(String text, String kind, Set<String> apiVersions) {
    ObjectNode tree = tree(text);
    String apiVersion = tree.path("apiVersion").asString("");
    String found = tree.path("kind").asString("");
    if (!found.equals(kind) || !apiVersions.contains(apiVersion)) {
      throw new IllegalArgumentException(
          "no kind \"" + found + "\" is registered for version \"" + apiVersion + "\"");
    }
    return new Section(tree, "");
  }

  /// A file that does not say what it is.
  ///
  /// @throws IllegalArgumentException when it is no object in YAML or JSON
  public static Section parse(String text) {
    return new Section(tree(text), "");
  }

  private static ObjectNode tree(String text) {
    try {
      return YamlCodec.decode(text).tree();
    } catch (ApiException malformed) {
      throw new IllegalArgumentException(malformed.getMessage(), malformed);
    }
  }

  /// This section, which has no other fields than these (and `apiVersion` and `kind`, where it is
  /// the file).
  ///
  /// @throws IllegalArgumentException when it has
  public Section only(String... fields) {
    Set<String> known = Set.of(fields);
    for (String field : node.propertyNames()) {
      boolean heading = path.isEmpty() && (field.equals("apiVersion") || field.equals("kind"));
      if (!known.contains(field) && !heading) {
        throw new IllegalArgumentException(
            "strict decoding error: unknown field \"" + path(field) + "\"");
      }
    }
    return this;
  }

  /// Where a field stands, as messages say it.
  public String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /// Where this stands.
  public String path() {
    return path;
  }

  public JsonNode tree() {
    return node;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  public String text(String field) {
    JsonNode value = node.path(field);
    if (value.isObject() || value.isArray()) {
      throw wrong(field, "a text");
    }
    return value.asString("");
  }

  /// Null: it is not there.
  public @Nullable String textOrNull(String field) {
    return has(field) ? text(field) : null;
  }

  public List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    list(field).forEach(text -> texts.add(text.asString("")));
    return texts;
  }

  public Map<String, String> textMap(String field) {
    Map<String, String> map = new TreeMap<>();
    child(field).node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asString("")));
    return map;
  }

  public boolean isTrue(String field) {
    return flag(field, Boolean.FALSE);
  }

  /// True or false, or the default.
  public boolean flag(String field, Boolean otherwise) {
    JsonNode value = node.path(field);
    if (!has(field)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(field, "true or false");
    }
    return value.booleanValue();
  }

  public int number(String field, int otherwise) {
    JsonNode value = node.path(field);
    if (!has(field)) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw wrong(field, "a number");
    }
    return value.intValue();
  }

  /// In Go's notation; zero when it is not there.
  public Duration duration(String field) {
    return has(field) ? GoDuration.parse(text(field)) : Duration.ZERO;
  }

  /// Empty when it is not there.
  public Section child(String field) {
    JsonNode value = node.path(field);
    if (has(field) && !value.isObject()) {
      throw wrong(field, "an object");
    }
    return new Section(has(field) ? value : MissingNode.getInstance(), path(field));
  }

  public List<Section> children(String field) {
    List<Section> children = new ArrayList<>();
    for (JsonNode value : list(field)) {
      String where = path(field) + "[" + children.size() + "]";
      if (!value.isObject()) {
        throw new IllegalArgumentException(where + ": expected an object");
      }
      children.add(new Section(value, where));
    }
    return children;
  }

  private JsonNode list(String field) {
    JsonNode value = node.path(field);
    if (has(field) && !value.isArray()) {
      throw wrong(field, "a list");
    }
    return has(field) ? value : MissingNode.getInstance();
  }

  private IllegalArgumentException wrong(String field, String expected) {
    return new IllegalArgumentException(path(field) + ": expected " + expected);
  }
}
