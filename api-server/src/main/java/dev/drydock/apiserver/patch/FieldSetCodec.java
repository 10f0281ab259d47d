package dev.drydock.apiserver.patch;

import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Field sets in the form in which objects carry them (`fieldsV1`).
final class FieldSetCodec {
  private static final String SELF = ".";

  private FieldSetCodec() {}

  /// @throws IllegalArgumentException when it is no `fieldsV1`
  static FieldSet read(JsonNode fields) {
    if (!(fields instanceof ObjectNode object)) {
      throw new IllegalArgumentException("fieldsV1 must be an object: " + fields);
    }
    return read(object, false);
  }

  private static FieldSet read(ObjectNode fields, boolean below) {
    if (fields.isEmpty()) {
      return below ? FieldSet.LEAF : FieldSet.EMPTY;
    }
    SortedMap<String, FieldSet> children = new TreeMap<>(FieldSet.ORDER);
    boolean owned = false;
    for (Map.Entry<String, JsonNode> entry : fields.properties()) {
      String element = entry.getKey();
      if (element.equals(SELF)) {
        owned = below;
      } else if (element.length() > 2
          && element.charAt(1) == ':'
          && "fkvi".indexOf(element.charAt(0)) >= 0
          && entry.getValue() instanceof ObjectNode child) {
        children.put(element, read(child, true));
      } else {
        throw new IllegalArgumentException("no path element of fieldsV1: " + element);
      }
    }
    return new FieldSet(owned, children);
  }

  static ObjectNode write(FieldSet set) {
    return write(set, JsonNodeFactory.instance.objectNode());
  }

  private static ObjectNode write(FieldSet set, ObjectNode into) {
    set.children()
        .forEach(
            (element, child) -> {
              ObjectNode below = into.putObject(element);
              if (child.owned() && !child.children().isEmpty()) {
                below.putObject(SELF);
              }
              write(child, below);
            });
    return into;
  }

  /// `{"name":"web"}` as `name="web"`.
  static String readableKey(String json) {
    try {
      var text = new StringJoiner(",");
      JsonMapper.shared()
          .readTree(json)
          .properties()
          .forEach(field -> text.add(field.getKey() + "=" + field.getValue()));
      return text.toString();
    } catch (JacksonException _) {
      return json;
    }
  }
}
