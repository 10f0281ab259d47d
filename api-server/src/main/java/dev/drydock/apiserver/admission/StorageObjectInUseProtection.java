package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// What is in use is not deleted under its user: new volumes, claims and attribute classes are
/// held until a controller has seen that nobody uses them.
final class StorageObjectInUseProtection implements AdmissionRule {
  private static final Map<String, String> FINALIZERS =
      Map.of(
          "persistentvolumes", "kubernetes.io/pv-protection",
          "persistentvolumeclaims", "kubernetes.io/pvc-protection",
          "volumeattributesclasses.storage.k8s.io", "kubernetes.io/vac-protection");

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode object = request.object();
    if (request.operation() != Operation.CREATE
        || request.target().hasSubresource()
        || object == null) {
      return;
    }
    String finalizer = FINALIZERS.get(request.target().type().qualifiedResource());
    if (finalizer != null) {
      Trees.hold(object, finalizer);
    }
  }
}
