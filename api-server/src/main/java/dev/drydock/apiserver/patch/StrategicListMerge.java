package dev.drydock.apiserver.patch;

import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// Merges one list: elements are the same when their merge keys are, or, of scalars, when they
/// are equal.
final class StrategicListMerge {
  private final String mergeKey;
  private final @Nullable Schema element;
  private final List<String> liveOrder = new ArrayList<>();
  private final Map<String, JsonNode> merged = new LinkedHashMap<>();
  private final List<String> patched = new ArrayList<>();

  /// @param mergeKey empty for lists of scalars
  StrategicListMerge(String mergeKey, @Nullable Schema element, List<JsonNode> live) {
    this.mergeKey = mergeKey;
    this.element = element;
    for (JsonNode each : live) {
      String id = id(each);
      liveOrder.add(id);
      merged.put(id, each);
    }
  }

  private String id(JsonNode each) {
    if (!(each instanceof ObjectNode object)) {
      return each.toString();
    }
    @Nullable JsonNode key = object.get(mergeKey);
    if (mergeKey.isEmpty() || key == null) {
      throw ApiException.internalError(
          "map: " + each + " does not contain declared merge key: " + mergeKey);
    }
    return key.toString();
  }

  void deletePrimitives(List<JsonNode> values) {
    values.forEach(value -> merged.remove(value.toString()));
  }

  void merge(List<JsonNode> patch) {
    List<ObjectNode> changes = new ArrayList<>();
    boolean replaces = false;
    for (JsonNode each : patch) {
      if (!(each instanceof ObjectNode object)) {
        String id = each.toString();
        merged.putIfAbsent(id, each.deepCopy());
        notePatched(id);
        continue;
      }
      switch (object.path(StrategicMergePatch.DIRECTIVE).asString("")) {
        case "" -> changes.add(object);
        case "delete" -> merged.remove(id(object));
        case "replace" -> {
          replaces = true;
          if (!mergeKey.isEmpty() && object.has(mergeKey)) {
            changes.add(object);
          }
        }
        case "merge" -> changes.add(object);
        case String other -> throw StrategicMergePatch.unknownDirective(other, object);
      }
    }
    if (replaces) {
      merged.clear();
    }
    changes.forEach(this::mergeElement);
  }

  private void mergeElement(ObjectNode patch) {
    String id = id(patch);
    ObjectNode target = merged.get(id) instanceof ObjectNode present ? present : patch.objectNode();
    merged.put(id, StrategicMergePatch.mergeObject(target, patch, element));
    notePatched(id);
  }

  private void notePatched(String id) {
    if (!patched.contains(id)) {
      patched.add(id);
    }
  }

  /// The merged elements: those of the patch in its order (or the given one), the others in
  /// theirs; where the two can't be compared, the patch's come first.
  List<JsonNode> ordered(@Nullable List<JsonNode> setOrder, String listName) {
    List<String> wanted = patched;
    if (setOrder != null) {
      wanted = setOrder.stream().map(this::id).toList();
      if (!isSubsequence(patched, wanted)) {
        throw ApiException.badRequest(
            "The order in patch list:\n"
                + patched
                + "\n doesn't match "
                + StrategicMergePatch.ORDER
                + listName
                + " list:\n"
                + wanted
                + "\n");
      }
    }
    List<String> first = wanted.stream().filter(merged::containsKey).distinct().toList();
    List<String> rest = merged.keySet().stream().filter(id -> !first.contains(id)).toList();
    var result = new ArrayList<JsonNode>();
    int i = 0;
    int j = 0;
    while (i < rest.size() || j < first.size()) {
      boolean fromRest =
          j >= first.size() || (i < rest.size() && stoodBefore(rest.get(i), first.get(j)));
      String id = fromRest ? rest.get(i++) : first.get(j++);
      JsonNode next = merged.getOrDefault(id, NullNode.instance);
      result.add(next);
    }
    return result;
  }

  private boolean stoodBefore(String one, String other) {
    int left = liveOrder.indexOf(one);
    int right = liveOrder.indexOf(other);
    return left >= 0 && right >= 0 && left < right;
  }

  private static boolean isSubsequence(List<String> some, List<String> all) {
    int at = 0;
    for (String each : all) {
      if (at < some.size() && some.get(at).equals(each)) {
        at++;
      }
    }
    return at == some.size();
  }
}
