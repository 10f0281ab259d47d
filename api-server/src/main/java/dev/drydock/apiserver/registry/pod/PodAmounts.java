package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the containers of a pod ask for together: the sum of those that run side by side, or what
/// an init container needs beside the sidecars before it, whichever is more.
final class PodAmounts {
  private PodAmounts() {}

  /// Whether a resource can be given to a pod as a whole.
  static boolean isShared(String resource) {
    return resource.equals("cpu") || resource.equals("memory") || ResourceRules.isHuge(resource);
  }

  /// @param kind `requests` or `limits`
  static Map<String, Quantity> of(JsonNode spec, String kind) {
    var sum = new LinkedHashMap<String, Quantity>();
    for (ObjectNode container : Trees.objects(spec, "containers")) {
      add(sum, amounts(container, kind));
    }
    var sidecars = new LinkedHashMap<String, Quantity>();
    var most = new LinkedHashMap<String, Quantity>();
    for (ObjectNode container : Trees.objects(spec, "initContainers")) {
      Map<String, Quantity> own = amounts(container, kind);
      Map<String, Quantity> beside = new LinkedHashMap<>(sidecars);
      add(beside, own);
      if (Trees.text(container, "restartPolicy").equals("Always")) {
        add(sum, own);
        add(sidecars, own);
      }
      raise(most, beside);
    }
    raise(sum, most);
    return sum;
  }

  private static Map<String, Quantity> amounts(JsonNode container, String kind) {
    var amounts = new LinkedHashMap<String, Quantity>();
    Trees.textMap(container, "resources", kind)
        .forEach((name, text) -> amounts.put(name, Quantity.parse(text)));
    return amounts;
  }

  private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, amount) -> sum.merge(name, amount, Quantity::add));
  }

  private static void raise(Map<String, Quantity> most, Map<String, Quantity> other) {
    other.forEach(
        (name, amount) ->
            most.merge(name, amount, (one, two) -> one.compareTo(two) >= 0 ? one : two));
  }

  /// Fills in what follows for the pod as a whole from what it says of itself and what its
  /// containers say.
  ///
  /// Source: `SetDefaults_Pod` of `pkg/apis/core/v1`.
  static void applyDefaults(ObjectNode spec) {
    if (!(spec.get("resources") instanceof ObjectNode resources)
        || !(Trees.isFilled(resources, "requests") || Trees.isFilled(resources, "limits"))) {
      return;
    }
    for (Map.Entry<String, Quantity> limit : of(spec, "limits").entrySet()) {
      String name = limit.getKey();
      if (ResourceRules.isHuge(name) && !Trees.has(resources, "requests", name)) {
        putMissing(resources, "limits", name, limit.getValue().toString());
      }
    }
    if (Trees.isFilled(resources, "limits")) {
      of(spec, "requests")
          .forEach(
              (name, amount) -> {
                if (isShared(name) && ResourceRules.mayOvercommit(name)) {
                  putMissing(resources, "requests", name, amount.toString());
                }
              });
      Trees.textMap(resources, "limits")
          .forEach(
              (name, amount) -> {
                if (isShared(name)) {
                  putMissing(resources, "requests", name, amount);
                }
              });
    } else {
      limitAsContainersAre(spec, resources);
    }
  }

  private static void limitAsContainersAre(ObjectNode spec, ObjectNode resources) {
    if (Trees.textMap(resources, "requests").keySet().stream().noneMatch(PodAmounts::isShared)) {
      return;
    }
    of(spec, "limits")
        .forEach(
            (name, amount) -> {
              if (isShared(name) && ResourceRules.mayOvercommit(name) && allLimited(spec, name)) {
                putMissing(resources, "limits", name, amount.toString());
              }
            });
  }

  private static boolean allLimited(ObjectNode spec, String resource) {
    for (String list : List.of("containers", "initContainers")) {
      for (ObjectNode container : Trees.objects(spec, list)) {
        boolean runs =
            list.equals("containers") || Trees.text(container, "restartPolicy").equals("Always");
        if (runs && !Trees.has(container, "resources", "limits", resource)) {
          return false;
        }
      }
    }
    return true;
  }

  private static void putMissing(ObjectNode resources, String kind, String name, String amount) {
    Trees.putDefault(Trees.child(resources, kind), name, amount);
  }
}
