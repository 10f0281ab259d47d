package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Which quality of service a pod gets: from what its containers request and how they are limited.
public final class QualityOfService {
  private static final List<String> COUNTED = List.of("cpu", "memory");

  private QualityOfService() {}

  /// `Guaranteed`, `Burstable` or `BestEffort`. What the pod as a whole asks for counts instead of
  /// what its containers do.
  public static String of(JsonNode pod) {
    if (Trees.isFilled(pod, "spec", "resources")) {
      return of(List.of(Trees.at(pod, "spec")));
    }
    List<JsonNode> holders = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      Trees.at(pod, "spec", list).forEach(holders::add);
    }
    return of(holders);
  }

  private static String of(List<JsonNode> holders) {
    boolean anything = false;
    boolean guaranteed = true;
    for (JsonNode holder : holders) {
      Map<String, String> limits = Trees.textMap(holder, "resources", "limits");
      Map<String, String> requests = Trees.textMap(holder, "resources", "requests");
      for (String resource : COUNTED) {
        boolean limited = isSome(limits.get(resource));
        boolean requested = isSome(requests.get(resource));
        anything |= limited || requested;
        guaranteed &= limited && (!requested || same(limits.get(resource), requests.get(resource)));
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
