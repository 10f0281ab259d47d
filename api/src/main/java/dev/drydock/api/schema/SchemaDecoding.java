package dev.drydock.api.schema;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Brings the tree a client sent into the form that decoding it into Kubernetes' own types and
/// encoding it again would give, in one pass: unknown fields, nulls and empty optional lists and
/// maps go; quantities, times and bytes become canonical; a value of the wrong type is an error in
/// Kubernetes' words.
public final class SchemaDecoding {
  /// Names of the Go structs on the way in, and of the fields, as Go's decoder reports them.
  private final List<String> fields = new ArrayList<>();

  /// The way in with indices, as unknown fields are reported.
  private final List<String> path = new ArrayList<>();

  private final List<String> unknown = new ArrayList<>();

  private SchemaDecoding() {}

  /// Decodes an object; changes the tree.
  ///
  /// @return the paths of unknown fields, which are gone now: `spec.containers[0].foo`
  /// @throws UnreadableException for a value of the wrong type
  public static List<String> decode(ObjectNode object, Schema schema) {
    var decoding = new SchemaDecoding();
    decoding.object(object, schema);
    return List.copyOf(decoding.unknown);
  }

  /// The error for a body that is not as it should be.
  ///
  /// @param problem what [UnreadableException] or [#strictly(List)] say
  public static ApiException refusal(GroupVersionKind kind, String problem) {
    return ApiException.badRequest(
        kind.kind()
            + " in version \""
            + kind.version()
            + "\" cannot be handled as a "
            + kind.kind()
            + ": "
            + problem);
  }

  /// What is wrong where the client wants no fields that are unknown or came twice.
  ///
  /// @param lapses what [#unknown(List)] and [#duplicate(List)] say
  public static String strictly(List<String> lapses) {
    return "strict decoding error: " + String.join(", ", lapses);
  }

  /// What clients are told of unknown fields: `unknown field "spec.foo"`.
  public static List<String> unknown(List<String> paths) {
    return paths.stream().map(path -> "unknown field \"" + path + "\"").toList();
  }

  /// What clients are told of fields that came twice.
  public static List<String> duplicate(List<String> paths) {
    return paths.stream().map(path -> "duplicate field \"" + path + "\"").toList();
  }

  private void object(ObjectNode object, Schema schema) {
    Map<String, Schema> known = schema.properties();
    Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator();
    while (entries.hasNext()) {
      Map.Entry<String, JsonNode> entry = entries.next();
      String name = entry.getKey();
      Schema field = known.get(name);
      if (field == null) {
        unknown.add(path.isEmpty() ? name : String.join("", path) + "." + name);
        entries.remove();
      } else if (entry.getValue().isNull()) {
        entries.remove();
      } else {
        fields.add(name);
        path.add(path.isEmpty() ? name : "." + name);
        JsonNode before = entry.getValue();
        JsonNode after = value(before, field, schema);
        path.removeLast();
        fields.removeLast();
        if (isLeftOut(after, field) && !schema.required().contains(name)) {
          entries.remove();
        } else if (isOther(after, before)) {
          entry.setValue(after);
        }
      }
    }
  }

  /// Go leaves out empty slices, bytes too, and maps, but not empty structures.
  private static boolean isLeftOut(JsonNode value, Schema field) {
    if (value.isString()) {
      return value.stringValue().isEmpty() && field.facts().format().equals("byte");
    }
    return value.isContainer()
        && value.isEmpty()
        && (field.type() == Schema.Type.ARRAY || field.type() == Schema.Type.MAP);
  }

  /// @param parent the structure whose field is being read, for messages
  private JsonNode value(JsonNode value, Schema schema, Schema parent) {
    switch (schema.type()) {
      case OBJECT -> {
        if (!(value instanceof ObjectNode object)) {
          throw wrong(value, schema, parent);
        }
        object(object, schema);
      }
      case MAP -> {
        if (!(value instanceof ObjectNode map)) {
          throw wrong(value, schema, parent);
        }
        map(map, schema.items().orElseThrow(), parent);
      }
      case ARRAY -> {
        if (!(value instanceof ArrayNode array)) {
          throw wrong(value, schema, parent);
        }
        array(array, schema.items().orElseThrow(), parent);
      }
      case STRING, INTEGER, NUMBER, BOOLEAN, INT_OR_STRING, QUANTITY -> {
        return ScalarDecoding.decode(value, schema, () -> place(parent));
      }
      case ANY -> {}
    }
    return value;
  }

  private void map(ObjectNode map, Schema items, Schema parent) {
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      path.add("." + entry.getKey());
      JsonNode before = entry.getValue();
      JsonNode after = before.isNull() ? zero(items) : value(before, items, parent);
      path.removeLast();
      if (isOther(after, before)) {
        entry.setValue(after);
      }
    }
  }

  private void array(ArrayNode array, Schema items, Schema parent) {
    for (int i = 0; i < array.size(); i++) {
      path.add("[" + i + "]");
      JsonNode before = array.get(i);
      JsonNode after = before.isNull() ? zero(items) : value(before, items, parent);
      path.removeLast();
      if (isOther(after, before)) {
        array.set(i, after);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // whether it was replaced, not whether it differs
  private static boolean isOther(JsonNode after, JsonNode before) {
    return after != before;
  }

  /// What null is in a slice or a map.
  private static JsonNode zero(Schema schema) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (schema.type()) {
      case STRING -> nodes.stringNode("");
      case INTEGER, NUMBER, INT_OR_STRING -> nodes.numberNode(0);
      case BOOLEAN -> nodes.booleanNode(false);
      case QUANTITY -> nodes.stringNode("0");
      case OBJECT -> nodes.objectNode();
      case MAP, ARRAY, ANY -> nodes.nullNode();
    };
  }

  private UnreadableException wrong(JsonNode value, Schema schema, Schema parent) {
    return ScalarDecoding.wrong(ScalarDecoding.kind(value), place(parent), schema);
  }

  /// `DeploymentSpec.spec.replicas`.
  private String place(Schema parent) {
    String name = parent.definition().orElse("");
    return name.substring(name.lastIndexOf('.') + 1) + "." + String.join(".", fields);
  }
}
