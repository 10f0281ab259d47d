package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What an object becomes when somebody's intent is laid over it, and when fields that the
/// intent no longer has are taken out again.
final class ApplyMerge {
  private ApplyMerge() {}

  /// @return a new value; shares nothing with the arguments
  static JsonNode merge(JsonNode live, JsonNode intent, @Nullable Schema schema) {
    FieldShape shape = FieldShape.of(intent, schema);
    FieldShape present = FieldShape.of(live, schema);
    if (intent.isNull() && present != FieldShape.LEAF) {
      return live.deepCopy(); // null has no parts to lay over those that are there
    }
    if (shape == FieldShape.LEAF || present != shape) {
      return intent.deepCopy();
    }
    return shape == FieldShape.GRANULAR
        ? mergeObjects((ObjectNode) live, intent, schema)
        : mergeLists(shape, (ArrayNode) live, intent, schema);
  }

  private static ObjectNode mergeObjects(
      ObjectNode live, JsonNode intent, @Nullable Schema schema) {
    ObjectNode result = live.objectNode();
    for (Map.Entry<String, JsonNode> entry : live.properties()) {
      String name = entry.getKey();
      @Nullable JsonNode wanted = intent.get(name);
      if (wanted == null) {
        result.set(name, entry.getValue().deepCopy());
      } else {
        result.set(name, merge(entry.getValue(), wanted, FieldShape.field(schema, name)));
      }
    }
    for (Map.Entry<String, JsonNode> entry : intent.properties()) {
      if (!live.has(entry.getKey())) {
        result.set(entry.getKey(), entry.getValue().deepCopy());
      }
    }
    return result;
  }

  /// Elements that both have come in the intent's order; those of the live list alone keep their
  /// place among them.
  private static ArrayNode mergeLists(
      FieldShape shape, ArrayNode live, JsonNode intent, @Nullable Schema schema) {
    Map<String, JsonNode> wanted = shape.parts(intent, schema);
    @Nullable Schema element = FieldShape.element(schema);
    ArrayNode result = live.arrayNode();
    Iterator<Map.Entry<String, JsonNode>> next = wanted.entrySet().iterator();
    Map<String, JsonNode> present = shape.parts(live, schema);
    for (JsonNode each : live) {
      if (!wanted.containsKey(shape.nameOf(each, schema))) {
        result.add(each.deepCopy());
        continue;
      }
      boolean shared = false;
      while (next.hasNext() && !shared) {
        shared = addWanted(next.next(), present, element, result);
      }
    }
    while (next.hasNext()) {
      addWanted(next.next(), present, element, result);
    }
    return result;
  }

  private static boolean addWanted(
      Map.Entry<String, JsonNode> wanted,
      Map<String, JsonNode> present,
      @Nullable Schema element,
      ArrayNode result) {
    @Nullable JsonNode old = present.get(wanted.getKey());
    result.add(old == null ? wanted.getValue().deepCopy() : merge(old, wanted.getValue(), element));
    return old != null;
  }

  /// Takes out of a merged value what a manager applied before and nobody holds now.
  ///
  /// @param value changed in place
  /// @param last what the manager owned by its previous apply
  /// @param held what any manager owns now
  static void prune(JsonNode value, FieldSet last, FieldSet held, @Nullable Schema schema) {
    FieldShape shape = FieldShape.of(value, schema);
    if (shape == FieldShape.GRANULAR) {
      pruneObject((ObjectNode) value, last, held, schema);
    } else if (shape != FieldShape.LEAF) {
      pruneList(shape, (ArrayNode) value, last, held, schema);
    }
  }

  private static void pruneObject(
      ObjectNode object, FieldSet last, FieldSet held, @Nullable Schema schema) {
    last.children()
        .forEach(
            (name, before) -> {
              String field = name.substring(2);
              @Nullable JsonNode present = object.get(field);
              if (name.charAt(0) != 'f' || present == null) {
                return;
              }
              FieldSet others = held.child(name);
              boolean named = schema != null && schema.properties().containsKey(field);
              if (others.isEmpty() && (before.owned() || named)) {
                object.remove(field);
              } else if (!before.children().isEmpty()) {
                boolean wasEmpty = present.isEmpty();
                prune(present, before, others, FieldShape.field(schema, field));
                if (present.isEmpty() && !wasEmpty && !others.owned()) {
                  object.remove(field);
                }
              }
            });
  }

  private static void pruneList(
      FieldShape shape, ArrayNode list, FieldSet last, FieldSet held, @Nullable Schema schema) {
    List<JsonNode> kept = new ArrayList<>();
    for (JsonNode each : list) {
      String name = shape.nameOf(each, schema);
      FieldSet before = last.child(name);
      FieldSet others = held.child(name);
      if (before.owned() && others.isEmpty()) {
        continue;
      }
      if (!before.children().isEmpty()) {
        JsonNode whole = each.deepCopy();
        prune(each, before, others, FieldShape.element(schema));
        keepKeys(shape, whole, each, schema);
      }
      kept.add(each);
    }
    if (kept.size() != list.size()) {
      list.removeAll();
      list.addAll(kept);
    }
  }

  /// An element that stays for others stays known by its keys, whoever brought them.
  private static void keepKeys(
      FieldShape shape, JsonNode whole, JsonNode pruned, @Nullable Schema schema) {
    if (shape == FieldShape.KEYED && schema != null && pruned instanceof ObjectNode element) {
      for (String key : schema.facts().listMapKeys()) {
        @Nullable JsonNode value = whole.get(key);
        if (value != null && !element.has(key)) {
          element.set(key, value);
        }
      }
    }
  }
}
