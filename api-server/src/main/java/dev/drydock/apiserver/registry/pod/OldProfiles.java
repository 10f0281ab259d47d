package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Annotations for AppArmor become fields when a pod is created.
final class OldProfiles {
  private static final String LOCAL = "localhost/";

  private OldProfiles() {}

  static void apply(ObjectNode pod) {
    if (Trees.text(pod, "spec", "os", "name").equals("windows")) {
      return;
    }
    JsonNode annotations = Trees.at(pod, "metadata", "annotations");
    JsonNode ofPod = Trees.at(pod, "spec", "securityContext", "appArmorProfile");
    for (String list : PodDefaults.CONTAINERS) {
      for (ObjectNode container : Trees.objects(pod, "spec", list)) {
        String key = ProfileRules.APP_ARMOR + Trees.text(container, "name");
        if (annotations.has(key) && !Trees.has(container, "securityContext", "appArmorProfile")) {
          ObjectNode profile = profile(Trees.text(annotations, key));
          if (!profile.isEmpty() && !profile.equals(ofPod)) {
            Trees.child(container, "securityContext").set("appArmorProfile", profile);
          }
        }
      }
    }
  }

  /// Empty where the annotation means none.
  private static ObjectNode profile(String annotation) {
    ObjectNode profile = Trees.object();
    if (annotation.equals("unconfined")) {
      profile.put("type", "Unconfined");
    } else if (annotation.equals("runtime/default")) {
      profile.put("type", "RuntimeDefault");
    } else if (annotation.startsWith(LOCAL)
        && List.of(annotation.substring(LOCAL.length())).stream()
            .allMatch(name -> !name.isEmpty() && name.equals(name.strip()))) {
      profile.put("localhostProfile", annotation.substring(LOCAL.length()));
      profile.put("type", "Localhost");
    }
    return profile;
  }
}
