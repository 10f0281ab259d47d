package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Annotations of pods that mean something: that of static pods' mirrors, and the older form of
/// AppArmor profiles.
final class PodAnnotationRules {
  private static final String MIRROR = "kubernetes.io/config.mirror";
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private PodAnnotationRules() {}

  static void checkNew(Field pod, Violations found) {
    Field mirror = pod.child("metadata", "annotations").child(MIRROR);
    if (mirror.isPresent() && pod.child("spec", "nodeName").isEmpty()) {
      found.add(
          FieldError.invalid(
              place(MIRROR),
              mirror.text(),
              "must set spec.nodeName if mirror pod annotation is set"));
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
    if (key.startsWith(APP_ARMOR)) {
      found.add(FieldError.forbidden(place(key), what + " AppArmor annotations"));
    } else if (key.equals(MIRROR)) {
      found.add(FieldError.forbidden(place(key), what + " mirror pod annotation"));
    }
  }

  private static String place(String key) {
    return "metadata.annotations[" + key + "]";
  }
}
