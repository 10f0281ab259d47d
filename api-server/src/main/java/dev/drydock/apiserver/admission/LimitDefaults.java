package dev.drydock.apiserver.admission;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.usage.ResourceAmounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What containers get that do not say how much they want.
record LimitDefaults(ResourceAmounts requests, ResourceAmounts limits) {

  /// All defaults for containers in a LimitRange; those that come later win.
  static LimitDefaults of(JsonNode range) {
    Map<String, Quantity> requests = new TreeMap<>();
    Map<String, Quantity> limits = new TreeMap<>();
    for (JsonNode limit : range.path("spec").path("limits")) {
      if (limit.path("type").stringValue("").equals("Container")) {
        requests.putAll(ResourceAmounts.of(limit.get("defaultRequest")).byName());
        limits.putAll(ResourceAmounts.of(limit.get("default")).byName());
      }
    }
    return new LimitDefaults(new ResourceAmounts(requests), new ResourceAmounts(limits));
  }

  boolean isEmpty() {
    return requests.isEmpty() && limits.isEmpty();
  }

  /// @return what was set, in words
  List<String> apply(ObjectNode pod) {
    List<String> notes = new ArrayList<>();
    for (JsonNode container : pod.path("spec").path("containers")) {
      apply(container, "container", notes);
    }
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      apply(container, "init container", notes);
    }
    return notes;
  }

  private void apply(JsonNode container, String what, List<String> notes) {
    if (!(container instanceof ObjectNode object)) {
      return;
    }
    String of = " for " + what + " " + container.path("name").stringValue("");
    List<String> setRequests = merge(object, "requests", requests);
    List<String> setLimits = merge(object, "limits", limits);
    if (!setRequests.isEmpty()) {
      notes.add(String.join(", ", setRequests) + " request" + of);
    }
    if (!setLimits.isEmpty()) {
      notes.add(String.join(", ", setLimits) + " limit" + of);
    }
  }

  private static List<String> merge(ObjectNode container, String field, ResourceAmounts defaults) {
    List<String> set = new ArrayList<>();
    for (Map.Entry<String, Quantity> each : defaults.byName().entrySet()) {
      if (!container.path("resources").path(field).has(each.getKey())) {
        ObjectNode resources = Trees.child(container, "resources");
        Trees.child(resources, field).put(each.getKey(), each.getValue().toString());
        set.add(each.getKey());
      }
    }
    return set;
  }
}
