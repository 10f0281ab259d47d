package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;

/// Makes the namespace of whatever is created in one that is not there.
final class NamespaceAutoProvision implements AdmissionRule {
  private final Lookup lookup;
  private final NamespaceMaker maker;

  NamespaceAutoProvision(Lookup lookup, NamespaceMaker maker) {
    this.lookup = lookup;
    this.maker = maker;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    String name = request.target().namespace();
    if (request.operation() != Operation.CREATE
        || request.isRehearsal()
        || name.isEmpty()
        || request.target().type().qualifiedResource().equals("namespaces")
        || lookup.find("namespaces", "", name, Age.ANY).isPresent()) {
      return;
    }
    try {
      maker.make(name);
    } catch (ApiException failure) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          String.valueOf(failure.getMessage()));
    }
  }
}
