package dev.drydock.apiserver.registry.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A value and where it stands, so that an error can name it. The path is made text only when an
/// error is.
public final class Field {
  private final @Nullable Field parent;
  private final String step;
  private final JsonNode value;

  private Field(@Nullable Field parent, String step, JsonNode value) {
    this.parent = parent;
    this.step = step;
    this.value = value;
  }

  /// The whole object: its fields have paths like `spec.replicas`.
  public static Field root(JsonNode object) {
    return new Field(null, "", object);
  }

  public Field child(String name) {
    return new Field(this, "." + name, Trees.at(value, name));
  }

  public Field child(String first, String second) {
    return child(first).child(second);
  }

  /// The elements of a list; none when there is no list.
  public List<Field> items() {
    if (!value.isArray() || value.isEmpty()) {
      return List.of();
    }
    var items = new ArrayList<Field>(value.size());
    for (int i = 0; i < value.size(); i++) {
      items.add(new Field(this, "[" + i + "]", value.get(i)));
    }
    return items;
  }

  /// The values of a map under paths like `data[key]`.
  public List<Entry> entries() {
    if (!value.isObject() || value.isEmpty()) {
      return List.of();
    }
    var entries = new ArrayList<Entry>(value.size());
    for (Map.Entry<String, JsonNode> entry : value.properties()) {
      entries.add(
          new Entry(entry.getKey(), new Field(this, "[" + entry.getKey() + "]", entry.getValue())));
    }
    return entries;
  }

  /// Another value at this path: some messages of the real server name the wrong place.
  public Field showing(JsonNode other) {
    return new Field(parent, step, other);
  }

  public JsonNode value() {
    return value;
  }

  public String text() {
    return value.stringValue("");
  }

  public long number(long otherwise) {
    return value.isIntegralNumber() ? value.longValue() : otherwise;
  }

  public boolean isTrue() {
    return value.booleanValue(false);
  }

  /// Whether a value other than null is there.
  public boolean isPresent() {
    return !value.isMissingNode() && !value.isNull();
  }

  /// Whether nothing, null, the empty text, list or map is there.
  public boolean isEmpty() {
    return !isPresent()
        || (value.isContainer() && value.isEmpty())
        || (value.isString() && value.stringValue("").isEmpty());
  }

  /// `spec.containers[0].name`.
  public String path() {
    String whole = appendTo(new StringBuilder()).toString();
    return whole.startsWith(".") ? whole.substring(1) : whole;
  }

  private StringBuilder appendTo(StringBuilder text) {
    return parent == null ? text : parent.appendTo(text).append(step);
  }

  @Override
  public String toString() {
    return path();
  }

  /// One value of a map.
  public record Entry(String key, Field value) {}
}
