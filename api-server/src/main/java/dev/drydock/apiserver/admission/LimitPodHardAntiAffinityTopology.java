package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// No pod keeps others away from more than its own node.
final class LimitPodHardAntiAffinityTopology implements AdmissionRule {
  private static final String HOSTNAME = "kubernetes.io/hostname";

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode pod = request.object();
    if (request.operation() == Operation.DELETE || !request.isFor("", "pods") || pod == null) {
      return;
    }
    for (JsonNode term :
        pod.path("spec")
            .path("affinity")
            .path("podAntiAffinity")
            .path("requiredDuringSchedulingIgnoredDuringExecution")) {
      String key = term.path("topologyKey").stringValue("");
      if (!key.equals(HOSTNAME)) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "affinity.PodAntiAffinity.RequiredDuringScheduling has TopologyKey "
                + key
                + " but only key "
                + HOSTNAME
                + " is allowed");
      }
    }
  }
}
