package dev.drydock.kubelet.status;

import dev.drydock.api.codec.TypedCodec;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The difference of two statuses as a strategic merge patch: only fields that changed, and of the
/// conditions only those that are the kubelet's own. Pure.
final class StatusPatch {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private StatusPatch() {}

  /// @return nothing when they are the same
  static Optional<String> between(PodStatus before, PodStatus after, String uid) {
    ObjectNode old = TypedCodec.tree(before);
    ObjectNode wanted = TypedCodec.tree(after);
    ObjectNode changes = JSON.createObjectNode();
    wanted.forEachEntry(
        (field, value) -> {
          if (!value.equals(old.get(field))) {
            changes.set(field, change(field, value, old));
          }
        });
    old.forEachEntry(
        (field, _) -> {
          if (!wanted.has(field) && (field.equals("reason") || field.equals("message"))) {
            changes.putNull(field);
          }
        });
    if (changes.get("conditions") instanceof ArrayNode list && list.isEmpty()) {
      changes.remove("conditions");
    }
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode patch = JSON.createObjectNode();
    patch.putObject("metadata").put("uid", uid);
    patch.set("status", changes);
    return Optional.of(JSON.writeValueAsString(patch));
  }

  private static JsonNode change(String field, JsonNode value, ObjectNode old) {
    return switch (field) {
      case "conditions" -> conditions(value, old.path("conditions"));
      case "podIPs" -> replacing(value, old.path("podIPs"));
      default -> value;
    };
  }

  /// Only those that changed: the merge finds them by type. Fields that are gone are named.
  private static JsonNode conditions(JsonNode wanted, JsonNode old) {
    ArrayNode changed = JSON.createArrayNode();
    for (JsonNode condition : wanted) {
      String type = condition.path("type").asString("");
      JsonNode before = find(old, type);
      if (ConditionRules.OWNED.contains(type) && !condition.equals(before)) {
        ObjectNode change = ((ObjectNode) condition).deepCopy();
        for (String field : List.of("reason", "message")) {
          if (before.has(field) && !condition.has(field)) {
            change.putNull(field);
          }
        }
        changed.add(change);
      }
    }
    for (JsonNode condition : old) {
      String type = condition.path("type").asString("");
      if (ConditionRules.OWNED.contains(type) && find(wanted, type).isEmpty()) {
        changed.addObject().put("$patch", "delete").put("type", type);
      }
    }
    return changed;
  }

  private static JsonNode find(JsonNode conditions, String type) {
    for (JsonNode one : conditions) {
      if (one.path("type").asString("").equals(type)) {
        return one;
      }
    }
    return JSON.createObjectNode();
  }

  /// Lists that the merge would join by key are replaced as a whole.
  private static JsonNode replacing(JsonNode wanted, JsonNode old) {
    if (old.isEmpty()) {
      return wanted;
    }
    ArrayNode list = JSON.createArrayNode();
    list.addObject().put("$patch", "replace");
    wanted.forEach(list::add);
    return list;
  }
}
