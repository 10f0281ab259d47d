package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.HashSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Services get no external addresses that they do not have.
final class DenyServiceExternalIps implements AdmissionRule {

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode service = request.object();
    if (request.operation() == Operation.DELETE
        || !request.isFor("", "services")
        || service == null) {
      return;
    }
    var had = new HashSet<JsonNode>();
    ObjectNode before = request.before();
    if (before != null) {
      before.path("spec").path("externalIPs").forEach(had::add);
    }
    for (JsonNode address : service.path("spec").path("externalIPs")) {
      if (!had.contains(address)) {
        throw ApiException.forbidden(
            request.target().type(),
            AdmissionNames.shown(request),
            "Use of external IPs is denied by admission control");
      }
    }
  }
}
