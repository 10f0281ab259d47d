package dev.drydock.controllers.resourcequota;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.usage.QuotaScopes;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.api.usage.Usage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// How much of a quota is used: pure.
final class QuotaCount {
  private QuotaCount() {}

  /// @param objects all of its namespace, by resource; a resource that does not exist is not there
  /// @return an amount for everything that is limited and can be counted
  static ResourceAmounts of(
      JsonNode quota, ResourceAmounts hard, Map<String, List<JsonNode>> objects, Instant now) {
    Map<String, Quantity> used = new TreeMap<>();
    for (String limited : hard.names()) {
      if (objects.containsKey(Usage.resourceOf(limited))) {
        used.put(limited, Quantity.ZERO);
      }
    }
    ResourceAmounts sum = new ResourceAmounts(used);
    for (Map.Entry<String, List<JsonNode>> each : objects.entrySet()) {
      for (JsonNode object : each.getValue()) {
        if (QuotaScopes.cover(quota, each.getKey(), object)) {
          sum = sum.plus(Usage.of(each.getKey(), object, now).only(used.keySet()));
        }
      }
    }
    return sum;
  }
}
