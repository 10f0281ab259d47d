package dev.drydock.apiserver.cel.value;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A JSON object as a map of values. Of an object with declared fields it shows those fields,
/// and a field that is null is not there.
public final class JsonMap extends AbstractMap<Object, Object> {
  private final ObjectNode node;
  private final Shape shape;

  JsonMap(ObjectNode node, Shape shape) {
    this.node = node;
    this.shape = shape;
  }

  /// Not to be changed.
  public ObjectNode node() {
    return node;
  }

  @Override
  public @Nullable Object get(@Nullable Object key) {
    if (!(key instanceof String name)) {
      return null;
    }
    if (shape.kind() == Shape.Kind.OBJECT) {
      Shape.Field field = shape.fields().get(name);
      JsonNode found = field == null ? null : node.get(field.property());
      return field == null || found == null || found.isNull()
          ? null
          : Values.of(found, field.shape());
    }
    JsonNode found = node.get(name);
    return found == null ? null : Values.of(found, valueShape());
  }

  private Shape valueShape() {
    return shape.kind() == Shape.Kind.MAP ? shape.items() : Shape.DYN;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return node.size();
  }

  @Override
  public Set<Entry<Object, Object>> entrySet() {
    Map<Object, Object> entries = LinkedHashMap.newLinkedHashMap(node.size());
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      entries.put(entry.getKey(), Values.of(entry.getValue(), shapeOf(entry.getKey())));
    }
    return entries.entrySet();
  }

  private Shape shapeOf(String property) {
    if (shape.kind() != Shape.Kind.OBJECT) {
      return valueShape();
    }
    for (Shape.Field field : shape.fields().values()) {
      if (field.property().equals(property)) {
        return field.shape();
      }
    }
    return Shape.DYN;
  }
}
