package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.admission.Lookup.Age;

/// Nothing happens in a namespace that is not there.
final class NamespaceExists implements AdmissionRule {
  private final Lookup lookup;

  NamespaceExists(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void validate(AdmissionRequest request) {
    String name = request.target().namespace();
    if (name.isEmpty() || request.target().type().qualifiedResource().equals("namespaces")) {
      return;
    }
    boolean there =
        lookup.find("namespaces", "", name, Age.ANY).isPresent()
            || lookup.find("namespaces", "", name, Age.NOW).isPresent();
    if (!there) {
      throw ApiException.of(StatusReason.NOT_FOUND, "namespaces \"" + name + "\" not found");
    }
  }
}
