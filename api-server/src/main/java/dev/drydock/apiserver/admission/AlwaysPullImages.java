package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Every image is pulled anew each time: nobody runs an image that he has no right to.
final class AlwaysPullImages implements AdmissionRule {
  private static final List<String> LISTS =
      List.of("initContainers", "containers", "ephemeralContainers");

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    boolean isPod = request.isFor("", "pods") || request.isFor("", "pods", "ephemeralcontainers");
    if (!isPod || request.operation() == Operation.DELETE || pod == null) {
      return;
    }
    for (String list : LISTS) {
      for (JsonNode container : pod.path("spec").path(list)) {
        if (container instanceof ObjectNode object) {
          object.put("imagePullPolicy", "Always");
        }
      }
    }
    for (JsonNode volume : pod.path("spec").path("volumes")) {
      if (volume.path("image") instanceof ObjectNode image) {
        image.put("pullPolicy", "Always");
      }
    }
  }
}
