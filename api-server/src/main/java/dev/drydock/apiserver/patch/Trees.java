package dev.drydock.apiserver.patch;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Comparison of JSON trees by value: numbers are equal when their amounts are, whatever Java
/// type holds them.
final class Trees {
  private Trees() {}

  @SuppressWarnings("ReferenceEquality") // shared subtrees need no second look
  static boolean same(JsonNode a, JsonNode b) {
    if (a == b) {
      return true;
    }
    if (a instanceof ObjectNode left && b instanceof ObjectNode right) {
      return sameObjects(left, right);
    }
    if (a instanceof ArrayNode left && b instanceof ArrayNode right) {
      return sameArrays(left, right);
    }
    if (a.isNumber() && b.isNumber()) {
      return (a.isIntegralNumber() && b.isIntegralNumber())
          ? a.bigIntegerValue().equals(b.bigIntegerValue())
          : a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private static boolean sameObjects(ObjectNode a, ObjectNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (Map.Entry<String, JsonNode> entry : a.properties()) {
      @Nullable JsonNode other = b.get(entry.getKey());
      if (other == null || !same(entry.getValue(), other)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameArrays(ArrayNode a, ArrayNode b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!same(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Absent and null are the same to an API object.
  static boolean isAbsent(@Nullable JsonNode node) {
    return node == null || node.isNull() || node.isMissingNode();
  }
}
