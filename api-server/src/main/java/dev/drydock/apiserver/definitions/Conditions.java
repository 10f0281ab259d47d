package dev.drydock.apiserver.definitions;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The conditions in the status of a definition.
final class Conditions {
  private Conditions() {}

  /// One condition without its time.
  record Condition(String type, String status, String reason, String message) {}

  static boolean isTrue(ObjectNode definition, String type) {
    return find(definition, type).stream()
        .anyMatch(each -> Trees.text(each, "status").equals("True"));
  }

  /// The condition of that type; at most one.
  static List<ObjectNode> find(ObjectNode definition, String type) {
    return Trees.objects(definition, "status", "conditions").stream()
        .filter(each -> Trees.text(each, "type").equals(type))
        .toList();
  }

  /// Writes a condition; its time changes only with its status.
  static void set(ObjectNode definition, Condition wanted, String now) {
    ArrayNode all = Trees.list(Trees.child(definition, "status"), "conditions");
    List<ObjectNode> present = find(definition, wanted.type());
    ObjectNode condition = present.isEmpty() ? all.addObject() : present.getFirst();
    if (!Trees.text(condition, "status").equals(wanted.status())) {
      condition.put("lastTransitionTime", now);
    }
    condition.put("message", wanted.message());
    condition.put("reason", wanted.reason());
    condition.put("status", wanted.status());
    condition.put("type", wanted.type());
  }
}
