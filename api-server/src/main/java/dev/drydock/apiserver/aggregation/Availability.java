package dev.drydock.apiserver.aggregation;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the condition `Available` says.
///
/// @param status `True`, `False` or `Unknown`
record Availability(String status, String reason, String message) {
  private static final String TYPE = "Available";

  static final Availability LOCAL =
      new Availability("True", "Local", "Local APIServices are always available");
  static final Availability PASSED = new Availability("True", "Passed", "all checks passed");

  static Availability no(String reason, String message) {
    return new Availability("False", reason, message);
  }

  boolean isAvailable() {
    return status.equals("True");
  }

  void putInto(ObjectNode service, String now) {
    ArrayNode all = Trees.list(Trees.child(service, "status"), "conditions");
    List<ObjectNode> present =
        Trees.objects(service, "status", "conditions").stream()
            .filter(each -> Trees.text(each, "type").equals(TYPE))
            .toList();
    ObjectNode condition = present.isEmpty() ? all.addObject() : present.getFirst();
    if (!Trees.text(condition, "status").equals(status)) {
      condition.put("lastTransitionTime", now);
    }
    condition.put("message", message);
    condition.put("reason", reason);
    condition.put("status", status);
    condition.put("type", TYPE);
  }
}
