package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Which quality of service a pod gets: from what its containers request and how they are limited.
public final class QualityOfService {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QualityOfService() {}

  /// `Guaranteed`, `Burstable` or `BestEffort`.
  public static String of(JsonNode pod) {
    boolean anything = false;
    boolean guaranteed = true;
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : Trees.at(pod, "spec", list)) {
        Map<String, String> limits = Trees.textMap(container, "resources", "limits");
        Map<String, String> requests = Trees.textMap(container, "resources", "requests");
        for (String resource : COUNTED) {
          boolean limited = isSome(limits.get(resource));
          boolean requested = isSome(requests.get(resource));
          anything |= limited || requested;
          guaranteed &=
              limited && (!requested || same(limits.get(resource), requests.get(resource)));
        }
      }
    }
    if (!anything) {
      return "BestEffort";
    }
    return guaranteed ? "Guaranteed" : "Burstable";
  }

  private static boolean isSome(@org.jspecify.annotations.Nullable String quantity) {
    return quantity != null && Quantity.parse(quantity).signum() > 0;
  }

  private static boolean same(
      @org.jspecify.annotations.Nullable String one,
      @org.jspecify.annotations.Nullable String other) {
    return one != null
        && other != null
        && Quantity.parse(one).compareTo(Quantity.parse(other)) == 0;
  }
}
