package dev.drydock.apiserver.admission;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.usage.ResourceAmounts;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A claim grows only when it is bound and its storage class allows it.
final class ClaimResize implements AdmissionRule {
  private final Lookup lookup;

  ClaimResize(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode claim = request.object();
    ObjectNode before = request.before();
    if (request.operation() != Operation.UPDATE
        || !request.isFor("", "persistentvolumeclaims")
        || claim == null
        || before == null
        || size(claim).compareTo(size(before)) <= 0) {
      return;
    }
    if (!before.path("status").path("phase").stringValue("").equals("Bound")) {
      throw refused(request, "Only bound persistent volume claims can be expanded");
    }
    if (!mayGrow(claim)) {
      throw refused(
          request,
          "only dynamically provisioned pvc can be resized and the storageclass that provisions"
              + " the pvc must support resize");
    }
  }

  private static Quantity size(JsonNode claim) {
    Quantity size =
        ResourceAmounts.of(claim.path("spec").path("resources").get("requests")).get("storage");
    return size == null ? Quantity.ZERO : size;
  }

  private boolean mayGrow(JsonNode claim) {
    String name = claim.path("spec").path("storageClassName").stringValue("");
    return !name.isEmpty()
        && lookup
            .find("storageclasses.storage.k8s.io", "", name, Age.ANY)
            .filter(found -> found.path("allowVolumeExpansion").booleanValue(false))
            .isPresent();
  }

  private static ApiException refused(AdmissionRequest request, String why) {
    return ApiException.forbidden(request.target().type(), AdmissionNames.shown(request), why);
  }
}
