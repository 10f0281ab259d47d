package dev.drydock.apiserver.admission;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What one toleration says beside another.
final class Tolerations {
  private Tolerations() {}

  static List<JsonNode> of(JsonNode list) {
    List<JsonNode> all = new ArrayList<>();
    list.forEach(all::add);
    return all;
  }

  /// Both, without those that another one includes.
  static List<JsonNode> merged(List<JsonNode> first, List<JsonNode> second) {
    List<JsonNode> all = new ArrayList<>(first);
    all.addAll(second);
    List<JsonNode> merged = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      JsonNode one = all.get(i);
      boolean before = merged.stream().anyMatch(kept -> includes(kept, one));
      boolean after =
          all.subList(i + 1, all.size()).stream()
              .anyMatch(later -> !later.equals(one) && includes(later, one));
      if (!before && !after) {
        merged.add(one);
      }
    }
    return merged;
  }

  /// Whether some of the allowed ones include each.
  static boolean allAllowed(List<JsonNode> tolerations, List<JsonNode> allowed) {
    return tolerations.stream()
        .allMatch(one -> allowed.stream().anyMatch(wider -> includes(wider, one)));
  }

  private static boolean includes(JsonNode wider, JsonNode one) {
    if (wider.equals(one)) {
      return true;
    }
    boolean exists = text(wider, "operator").equals("Exists");
    boolean everyKey = text(wider, "key").isEmpty() && exists;
    if (!text(one, "key").equals(text(wider, "key")) && !everyKey) {
      return false;
    }
    String effect = text(wider, "effect");
    if (!effect.isEmpty() && !effect.equals(text(one, "effect"))) {
      return false;
    }
    if (effect.equals("NoExecute") && wider.path("tolerationSeconds").isNumber()) {
      JsonNode seconds = one.path("tolerationSeconds");
      if (!seconds.isNumber()
          || seconds.longValue() > wider.path("tolerationSeconds").longValue()) {
        return false;
      }
    }
    return exists || (isEqual(wider) && isEqual(one) && sameValue(wider, one));
  }

  private static boolean isEqual(JsonNode toleration) {
    String operator = text(toleration, "operator");
    return operator.isEmpty() || operator.equals("Equal");
  }

  private static boolean sameValue(JsonNode wider, JsonNode one) {
    return text(wider, "value").equals(text(one, "value"));
  }

  private static String text(JsonNode toleration, String field) {
    return toleration.path(field).asString("");
  }
}
