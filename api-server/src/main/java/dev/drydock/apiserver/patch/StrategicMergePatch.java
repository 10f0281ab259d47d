package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' strategic merge: a merge patch that merges some lists by key and understands
/// directives (`$patch`, `$retainKeys`, `$setElementOrder/…`, `$deleteFromPrimitiveList/…`).
final class StrategicMergePatch {
  static final String DIRECTIVE = "$patch";
  static final String RETAIN_KEYS = "$retainKeys";
  static final String ORDER = "$setElementOrder/";
  static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  private StrategicMergePatch() {}

  static ObjectNode apply(ObjectNode before, ObjectNode patch, Schema schema) {
    ObjectNode result = before.deepCopy();
    return mergeObject(result, patch, schema);
  }

  /// @param target changed in place
  /// @return the target, or what replaces it
  static ObjectNode mergeObject(ObjectNode target, ObjectNode patch, @Nullable Schema schema) {
    @Nullable JsonNode directive = patch.get(DIRECTIVE);
    if (directive != null) {
      return switch (directive.asString("")) {
        case "replace" -> {
          ObjectNode replacement = patch.deepCopy();
          replacement.remove(DIRECTIVE);
          yield replacement;
        }
        case "delete" -> target.objectNode();
        case "merge" -> mergeFields(target, patch, schema);
        case String other -> throw unknownDirective(other, patch);
      };
    }
    return mergeFields(target, patch, schema);
  }

  static ApiException unknownDirective(String directive, JsonNode patch) {
    return ApiException.badRequest("unknown patch type: " + directive + " in map: " + patch);
  }

  private static ObjectNode mergeFields(
      ObjectNode target, ObjectNode patch, @Nullable Schema schema) {
    retainKeys(target, patch);
    Set<String> lists = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      if (name.startsWith(ORDER)) {
        lists.add(name.substring(ORDER.length()));
      } else if (name.startsWith(DELETE_PRIMITIVES)) {
        lists.add(name.substring(DELETE_PRIMITIVES.length()));
      } else if (!name.equals(RETAIN_KEYS) && !name.equals(DIRECTIVE)) {
        mergeField(target, patch, name, entry.getValue(), FieldShape.field(schema, name));
      }
    }
    for (String name : lists) {
      if (!patch.has(name)) {
        mergeList(target, patch, name, target.arrayNode(), FieldShape.field(schema, name));
      }
    }
    return target;
  }

  private static void retainKeys(ObjectNode target, ObjectNode patch) {
    @Nullable JsonNode retained = patch.get(RETAIN_KEYS);
    if (retained == null) {
      return;
    }
    Set<String> keys = new HashSet<>();
    for (JsonNode key : retained) {
      if (!key.isString()) {
        throw ApiException.badRequest("invalid patch format of retainKeys");
      }
      keys.add(key.stringValue());
    }
    if (!retained.isArray()) {
      throw ApiException.badRequest("invalid patch format of retainKeys");
    }
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      String name = entry.getKey();
      if (!name.startsWith("$") && !entry.getValue().isNull() && !keys.contains(name)) {
        throw ApiException.badRequest("patch content doesn't match retainKeys list");
      }
    }
    for (String name : List.copyOf(target.propertyNames())) {
      if (!keys.contains(name)) {
        target.remove(name);
      }
    }
  }

  private static void mergeField(
      ObjectNode target, ObjectNode patch, String name, JsonNode value, @Nullable Schema schema) {
    switch (value) {
      case ObjectNode object -> {
        boolean replaces = strategies(schema).contains("replace");
        ObjectNode present =
            target.get(name) instanceof ObjectNode old && !replaces ? old : target.objectNode();
        boolean deleted = object.path(DIRECTIVE).asString("").equals("delete");
        ObjectNode merged = mergeObject(present, object, schema);
        if (deleted) {
          target.remove(name);
        } else {
          target.set(name, merged);
        }
      }
      case ArrayNode list when strategies(schema).contains("merge") ->
          mergeList(target, patch, name, list, schema);
      case JsonNode _ when value.isNull() -> target.remove(name);
      case JsonNode _ -> target.set(name, value.deepCopy());
    }
  }

  private static Set<String> strategies(@Nullable Schema schema) {
    return schema == null ? Set.of() : schema.facts().patchStrategies();
  }

  private static void mergeList(
      ObjectNode target, ObjectNode patch, String name, ArrayNode list, @Nullable Schema schema) {
    String mergeKey = schema == null ? "" : schema.facts().patchMergeKey();
    ArrayNode present = target.get(name) instanceof ArrayNode old ? old : target.arrayNode();
    var merge = new StrategicListMerge(mergeKey, FieldShape.element(schema), elements(present));
    @Nullable JsonNode deletions = patch.get(DELETE_PRIMITIVES + name);
    if (deletions != null) {
      if (!deletions.isArray()) {
        throw ApiException.badRequest("invalid patch format of primitive list");
      }
      merge.deletePrimitives(elements(deletions));
    }
    merge.merge(elements(list));
    @Nullable JsonNode order = patch.get(ORDER + name);
    if (order != null && !order.isArray()) {
      throw ApiException.badRequest("invalid patch format of setElementOrder list");
    }
    ArrayNode result = target.arrayNode();
    result.addAll(merge.ordered(order == null ? null : elements(order), name));
    if (!result.isEmpty() || target.has(name) || !list.isEmpty()) {
      target.set(name, result);
    }
  }

  private static List<JsonNode> elements(JsonNode list) {
    var elements = new ArrayList<JsonNode>();
    list.forEach(elements::add);
    return elements;
  }
}
