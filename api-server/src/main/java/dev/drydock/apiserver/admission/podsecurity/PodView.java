package dev.drydock.apiserver.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// A pod, or the template of pods, as checks look at it.
///
/// @param containers of all sorts, in this order: init, ordinary, ephemeral
record PodView(JsonNode metadata, JsonNode spec, List<JsonNode> containers) {
  static PodView of(JsonNode pod) {
    JsonNode spec = pod.path("spec");
    List<JsonNode> containers = new ArrayList<>();
    spec.path("initContainers").forEach(containers::add);
    spec.path("containers").forEach(containers::add);
    spec.path("ephemeralContainers").forEach(containers::add);
    return new PodView(pod.path("metadata"), spec, containers);
  }

  boolean isForWindows() {
    return spec.path("os").path("name").stringValue("").equals("windows");
  }

  JsonNode context() {
    return spec.path("securityContext");
  }

  static JsonNode context(JsonNode container) {
    return container.path("securityContext");
  }

  static String name(JsonNode container) {
    return container.path("name").stringValue("");
  }

  /// The names of the containers of which that is true.
  List<String> named(Predicate<JsonNode> bad) {
    return containers.stream().filter(bad).map(PodView::name).toList();
  }
}
