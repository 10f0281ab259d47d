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
  private static final List<String> PROBES =
      List.of("livenessProbe", "readinessProbe", "startupProbe");
  private static final Map<String, Integer> PROBE_NUMBERS =
      Map.of(
          "timeoutSeconds", 1, "periodSeconds", 10, "successThreshold", 1, "failureThreshold", 3);
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
      boolean hostNetwork = Trees.isTrue(spec, "hostNetwork");
      for (String list : Resize.LISTS) {
        for (ObjectNode container : Trees.objects(spec, list)) {
          requestWhatIsLimited(container);
          if (hostNetwork) {
            takePortsOfHost(container);
          }
        }
      }
      PodAmounts.applyDefaults(spec);
    }
  }

  private static void takePortsOfHost(ObjectNode container) {
    for (ObjectNode port : Trees.objects(container, "ports")) {
      if (Trees.number(port, 0, "hostPort") == 0 && port.has("containerPort")) {
        port.set("hostPort", port.get("containerPort"));
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
    for (String list : CONTAINERS) {
      for (ObjectNode container : Trees.objects(spec, list)) {
        putPullPolicy(container, "imagePullPolicy", Trees.text(container, "image"));
        for (String kind : PROBES) {
          if (container.get(kind) instanceof ObjectNode probe) {
            replaceZeros(probe);
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
      if (volume.get("image") instanceof ObjectNode image) {
        putPullPolicy(image, "pullPolicy", Trees.text(image, "reference"));
      }
    }
  }

  /// Zeros of a probe are as good as absent.
  private static void replaceZeros(ObjectNode probe) {
    for (Map.Entry<String, Integer> number : PROBE_NUMBERS.entrySet()) {
      if (Trees.number(probe, 0, number.getKey()) == 0) {
        probe.put(number.getKey(), number.getValue());
      }
    }
  }

  private static void putPullPolicy(ObjectNode holder, String field, String image) {
    if (Trees.text(holder, field).isEmpty()) {
      holder.put(field, pullPolicy(image));
    }
  }

  /// The newest image is always asked for, others only when they are not there.
  private static String pullPolicy(String image) {
    if (image.isEmpty()) {
      return "IfNotPresent";
    }
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
