package dev.drydock.apiserver.nodeproxy;

import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Which container of a pod is meant. Pure.
final class PodContainers {
  private PodContainers() {}

  /// @param wanted empty: the only one
  /// @throws ApiException `BadRequest` when there are several, or none of that name
  static String choose(JsonNode pod, String wanted) {
    String name = pod.path("metadata").path("name").asString("");
    JsonNode spec = pod.path("spec");
    List<String> containers = names(spec.path("containers"));
    List<String> init = names(spec.path("initContainers"));
    List<String> ephemeral = names(spec.path("ephemeralContainers"));
    if (!wanted.isEmpty()) {
      if (containers.contains(wanted) || init.contains(wanted) || ephemeral.contains(wanted)) {
        return wanted;
      }
      throw ApiException.badRequest("container " + wanted + " is not valid for pod " + name);
    }
    if (containers.size() == 1) {
      return containers.getFirst();
    }
    throw ApiException.badRequest(
        "a container name must be specified for pod "
            + name
            + (containers.isEmpty() ? "" : ", choose one of: " + list(containers))
            + (init.isEmpty() ? "" : " or one of the init containers: " + list(init)));
  }

  private static String list(List<String> names) {
    return "[" + String.join(" ", names) + "]";
  }

  private static List<String> names(JsonNode containers) {
    List<String> names = new ArrayList<>();
    containers.forEach(container -> names.add(container.path("name").asString("")));
    return names;
  }
}
