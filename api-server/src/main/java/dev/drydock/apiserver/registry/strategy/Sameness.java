package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.quantity.Quantity;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Whether two values mean the same: nothing and emptiness do, and amounts that are written in
/// different ways.
public final class Sameness {
  /// Fields under which texts are amounts.
  private static final Set<String> AMOUNTS =
      Set.of(
          "allocatedResources",
          "capacity",
          "divisor",
          "hard",
          "limits",
          "overhead",
          "requests",
          "sizeLimit");

  private Sameness() {}

  public static boolean same(JsonNode one, JsonNode other) {
    return same(one, other, false);
  }

  private static boolean same(JsonNode one, JsonNode other, boolean amounts) {
    if (isNothing(one) || isNothing(other)) {
      return isNothing(one) && isNothing(other);
    }
    if (one.isObject() && other.isObject()) {
      return one.propertyNames().stream()
              .allMatch(
                  name -> same(one.path(name), other.path(name), amounts || AMOUNTS.contains(name)))
          && other.propertyNames().stream()
              .allMatch(name -> one.has(name) || isNothing(other.path(name)));
    }
    if (one.isArray() && other.isArray()) {
      boolean all = one.size() == other.size();
      for (int i = 0; all && i < one.size(); i++) {
        all = same(one.get(i), other.get(i), amounts);
      }
      return all;
    }
    return one.equals(other)
        || (amounts
            && one.isString()
            && other.isString()
            && sameAmount(one.stringValue(""), other.stringValue("")));
  }

  private static boolean isNothing(JsonNode node) {
    return node.isMissingNode() || node.isNull() || (node.isContainer() && node.isEmpty());
  }

  private static boolean sameAmount(String one, String other) {
    try {
      return Quantity.parse(one).compareTo(Quantity.parse(other)) == 0;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
