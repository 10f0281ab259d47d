package dev.drydock.api.usage;

import dev.drydock.api.quantity.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// What a pod as a whole asks for and may use at most.
public final class PodResources {
  private PodResources() {}

  /// The containers together, or the most that its start needs; what the pod itself says comes
  /// before that; its overhead is added.
  public static ResourceAmounts requests(JsonNode pod) {
    ResourceAmounts all = overridden(pod, ofContainers(pod, "requests"), "requests");
    return all.plus(ResourceAmounts.of(pod.path("spec").get("overhead")));
  }

  /// Like [#requests]; overhead counts only where there is a limit.
  public static ResourceAmounts limits(JsonNode pod) {
    ResourceAmounts all = overridden(pod, ofContainers(pod, "limits"), "limits");
    ResourceAmounts overhead = ResourceAmounts.of(pod.path("spec").get("overhead"));
    return all.plus(overhead.only(all.withoutZeros().names()));
  }

  /// Every container that is not ephemeral, first those that run in the pod's life.
  public static List<JsonNode> containers(JsonNode pod) {
    var all = new ArrayList<JsonNode>();
    pod.path("spec").path("containers").forEach(all::add);
    pod.path("spec").path("initContainers").forEach(all::add);
    return all;
  }

  private static ResourceAmounts ofContainers(JsonNode pod, String field) {
    ResourceAmounts running = ResourceAmounts.NONE;
    for (JsonNode container : pod.path("spec").path("containers")) {
      running = running.plus(of(container, field));
    }
    ResourceAmounts sidecars = ResourceAmounts.NONE;
    ResourceAmounts starting = ResourceAmounts.NONE;
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      ResourceAmounts own = of(container, field);
      if (container.path("restartPolicy").stringValue("").equals("Always")) {
        running = running.plus(own);
        sidecars = sidecars.plus(own);
        starting = starting.greater(sidecars);
      } else {
        starting = starting.greater(own.plus(sidecars));
      }
    }
    return running.greater(starting);
  }

  private static ResourceAmounts of(JsonNode container, String field) {
    return ResourceAmounts.of(container.path("resources").get(field));
  }

  private static ResourceAmounts overridden(JsonNode pod, ResourceAmounts sum, String field) {
    ResourceAmounts own = ResourceAmounts.of(pod.path("spec").path("resources").get(field));
    if (own.isEmpty()) {
      return sum;
    }
    Map<String, Quantity> all = new TreeMap<>(sum.byName());
    all.putAll(own.byName());
    return new ResourceAmounts(all);
  }
}
