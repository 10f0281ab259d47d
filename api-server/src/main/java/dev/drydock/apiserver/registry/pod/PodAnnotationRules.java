package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Annotations of pods that mean something: that of static pods' mirrors, the cost of a deletion,
/// and the older form of profiles.
final class PodAnnotationRules {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

  private PodAnnotationRules() {}

  static void check(Field annotations, Field spec, Violations found) {
    for (Field.Entry entry : annotations.entries()) {
      if (entry.key().equals(MIRROR) && spec.child("nodeName").isEmpty()) {
        found.invalid(entry.value(), "must set spec.nodeName if mirror pod annotation is set");
      }
      if (entry.key().equals(DELETION_COST) && !isCost(entry.value().text())) {
        found.invalid(entry.value(), "must be a 32bit integer");
      }
    }
    ProfileRules.checkAnnotations(annotations, spec, found);
  }

  private static boolean isCost(String text) {
    if (!text.matches("0|-[0-9]+|[1-9][0-9]*")) {
      return false;
    }
    try {
      Integer.parseInt(text);
      return true;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  static void checkChanged(ObjectNode pod, ObjectNode before, Violations found) {
    JsonNode now = Trees.at(pod, "metadata", "annotations");
    JsonNode then = Trees.at(before, "metadata", "annotations");
    for (Map.Entry<String, JsonNode> old : then.properties()) {
      String key = old.getKey();
      if (!old.getValue().equals(now.get(key))) {
        forbid(key, "may not remove or update", found);
      }
    }
    for (String key : now.propertyNames()) {
      if (!then.has(key)) {
        forbid(key, "may not add", found);
      }
    }
  }

  private static void forbid(String key, String what, Violations found) {
    String place = "metadata.annotations[" + key + "]";
    if (key.startsWith(ProfileRules.APP_ARMOR)) {
      found.add(FieldError.forbidden(place, what + " AppArmor annotations"));
    } else if (key.equals(MIRROR)) {
      found.add(FieldError.forbidden(place, what + " mirror pod annotation"));
    }
  }
}
