package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// How ownership divides a value: as a whole, by field, by list key, by list value. Also names
/// the parts, in the notation of `fieldsV1`: `f:NAME`, `k:{KEYS}`, `v:VALUE`.
enum FieldShape {
  /// Owned as a whole: scalars, atomic lists and maps.
  LEAF,
  /// Object or map whose fields are owned one by one.
  GRANULAR,
  /// List whose elements are known by their values.
  SET,
  /// List whose elements are known by the values of their keys.
  KEYED;

  /// Structures that Kubernetes embeds by value, so that they exist in every object: nobody owns
  /// their existence. Source: the Go types of the API, which custom resources do not have.
  private static final Set<String> ALWAYS_THERE =
      Set.of(
          "metadata",
          "spec",
          "status",
          "template",
          "strategy",
          "updateStrategy",
          "resources",
          "state",
          "lastState",
          "nodeInfo",
          "daemonEndpoints",
          "kubeletEndpoint",
          "loadBalancer",
          "involvedObject",
          "regarding",
          "source",
          "jobTemplate",
          "scaleTargetRef",
          "names",
          "acceptedNames");

  static FieldShape of(JsonNode value, @Nullable Schema schema) {
    if (value instanceof ObjectNode) {
      return (schema == null || schema.facts().mapType() == Schema.MapType.GRANULAR)
          ? GRANULAR
          : LEAF;
    }
    if (value instanceof ArrayNode && schema != null && schema.type() == Schema.Type.ARRAY) {
      return switch (schema.facts().listType()) {
        case ATOMIC -> LEAF;
        case SET -> SET;
        case MAP -> KEYED;
      };
    }
    return LEAF;
  }

  /// Schema of a field; null where nothing is known of it.
  static @Nullable Schema field(@Nullable Schema schema, String name) {
    if (schema == null) {
      return null;
    }
    @Nullable Schema property = schema.properties().get(name);
    return (property != null || schema.type() == Schema.Type.ARRAY)
        ? property
        : schema.items().orElse(null);
  }

  /// Schema of a list's elements; null where nothing is known of them.
  static @Nullable Schema element(@Nullable Schema schema) {
    return schema == null ? null : schema.items().orElse(null);
  }

  /// Whether a writer who brings this container into being owns its existence too. Custom resources
  /// have no structures that are always there.
  static boolean ownsExistence(
      String name, JsonNode value, @Nullable Schema parent, @Nullable Schema schema) {
    if (value instanceof ObjectNode) {
      boolean structure =
          schema != null && schema.type() == Schema.Type.OBJECT && schema.definition().isPresent();
      return !(structure && ALWAYS_THERE.contains(name));
    }
    return parent == null || !parent.required().contains(name);
  }

  /// The elements of a [#SET] or [#KEYED] list by their names, in list order; of elements with
  /// the same name the last one.
  Map<String, JsonNode> parts(JsonNode list, @Nullable Schema schema) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    for (JsonNode each : list) {
      parts.put(nameOf(each, schema), each);
    }
    return parts;
  }

  /// Name of an element of a [#SET] or [#KEYED] list.
  String nameOf(JsonNode each, @Nullable Schema schema) {
    if (this == KEYED && each instanceof ObjectNode item && schema != null) {
      return key(item, schema.facts().listMapKeys(), element(schema));
    }
    return "v:" + json(each);
  }

  private static String key(ObjectNode item, List<String> keys, @Nullable Schema itemSchema) {
    if (keys.size() == 1) {
      @Nullable JsonNode value = keyValue(item, keys.getFirst(), itemSchema);
      return value == null ? "k:{}" : "k:{\"" + keys.getFirst() + "\":" + json(value) + "}";
    }
    var sorted = new TreeMap<String, JsonNode>();
    for (String key : keys) {
      @Nullable JsonNode value = keyValue(item, key, itemSchema);
      if (value != null) {
        sorted.put(key, value);
      }
    }
    var text = new StringBuilder("k:{");
    sorted.forEach(
        (key, value) ->
            text.append(text.length() > 3 ? "," : "")
                .append('"')
                .append(key)
                .append("\":")
                .append(json(value)));
    return text.append('}').toString();
  }

  /// As `toString`, which sets up a whole writer for each name.
  private static String json(JsonNode value) {
    if (value instanceof StringNode string) {
      var text = new StringBuilder("\"");
      JsonStringEncoder.getInstance().quoteAsString(string.stringValue(), text);
      return text.append('"').toString();
    }
    return value.isIntegralNumber() ? value.asString() : value.toString();
  }

  private static @Nullable JsonNode keyValue(
      ObjectNode item, String key, @Nullable Schema itemSchema) {
    @Nullable JsonNode value = item.get(key);
    if (!Trees.isAbsent(value)) {
      return value;
    }
    @Nullable Schema schema = field(itemSchema, key);
    return schema == null ? null : schema.facts().defaultValue().orElse(null);
  }
}
