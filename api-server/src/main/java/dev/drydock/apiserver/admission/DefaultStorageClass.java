package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A claim that names no storage class gets the default one, if there is one.
final class DefaultStorageClass implements AdmissionRule {
  private static final String BETA_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final List<String> MARKS =
      List.of(
          "storageclass.kubernetes.io/is-default-class",
          "storageclass.beta.kubernetes.io/is-default-class");

  private final Lookup lookup;

  DefaultStorageClass(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode claim = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("", "persistentvolumeclaims")
        || claim == null
        || claim.path("spec").path("storageClassName").isString()
        || claim.path("metadata").path("annotations").has(BETA_CLASS)) {
      return;
    }
    DefaultClasses.newest(lookup.list("storageclasses.storage.k8s.io"), MARKS)
        .ifPresent(found -> Trees.child(claim, "spec").put("storageClassName", Trees.name(found)));
  }
}
