package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Defaults of pod specs that depend on other fields; the others are in the schema.
public final class PodDefaults {
  static final List<String> CONTAINERS =
      List.of("initContainers", "containers", "ephemeralContainers");
  private static final List<String> VOLUME_EXTRAS = List.of("name");

  private PodDefaults() {}

  /// Defaults of a pod template's spec.
  public static void applyToTemplate(ObjectNode owner) {
    if (Trees.at(owner, "spec", "template", "spec") instanceof ObjectNode spec) {
      applyToSpec(spec);
    }
  }

  /// Defaults of the spec in a template that stands elsewhere.
  public static void applyTo(JsonNode podSpec) {
    if (podSpec instanceof ObjectNode spec) {
      applyToSpec(spec);
    }
  }

  static void applyToPod(ObjectNode pod) {
    if (pod.get("spec") instanceof ObjectNode spec) {
      applyToSpec(spec);
      Trees.putDefault(spec, "enableServiceLinks", true);
      for (String list : CONTAINERS) {
        for (ObjectNode container : Trees.objects(spec, list)) {
          requestWhatIsLimited(container);
        }
      }
    }
  }

  private static void applyToSpec(ObjectNode spec) {
    String name = Trees.text(spec, "serviceAccountName");
    String old = Trees.text(spec, "serviceAccount");
    if (!name.isEmpty()) {
      spec.put("serviceAccount", name);
    } else if (!old.isEmpty()) {
      spec.put("serviceAccountName", old);
    }
    boolean hostNetwork = Trees.isTrue(spec, "hostNetwork");
    for (String list : CONTAINERS) {
      for (ObjectNode container : Trees.objects(spec, list)) {
        Trees.putDefault(container, "imagePullPolicy", pullPolicy(Trees.text(container, "image")));
        if (hostNetwork) {
          for (ObjectNode port : Trees.objects(container, "ports")) {
            Trees.putDefault(port, "hostPort", Trees.number(port, 0, "containerPort"));
          }
        }
      }
    }
    for (ObjectNode volume : Trees.objects(spec, "volumes")) {
      boolean hasSource =
          volume.propertyNames().stream().anyMatch(field -> !VOLUME_EXTRAS.contains(field));
      if (!hasSource) {
        volume.putObject("emptyDir");
      }
    }
  }

  /// The newest image is always asked for, others only when they are not there.
  private static String pullPolicy(String image) {
    String last = image.substring(image.lastIndexOf('/') + 1);
    boolean digest = last.contains("@");
    int colon = last.indexOf(':');
    boolean latest = !digest && (colon < 0 || last.substring(colon + 1).equals("latest"));
    return latest ? "Always" : "IfNotPresent";
  }

  private static void requestWhatIsLimited(ObjectNode container) {
    if (!(Trees.at(container, "resources", "limits") instanceof ObjectNode limits)
        || limits.isEmpty()) {
      return;
    }
    ObjectNode requests = Trees.child(Trees.child(container, "resources"), "requests");
    for (Map.Entry<String, JsonNode> limit : limits.properties()) {
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
  }
}
