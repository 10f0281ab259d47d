package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// An Ingress that names no class gets the default one, if there is one.
final class DefaultIngressClass implements AdmissionRule {
  private static final String OLD_CLASS = "kubernetes.io/ingress.class";
  private static final List<String> MARKS = List.of("ingressclass.kubernetes.io/is-default-class");

  private final Lookup lookup;

  DefaultIngressClass(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    ObjectNode ingress = request.object();
    if (request.operation() != Operation.CREATE
        || !request.isFor("networking.k8s.io", "ingresses")
        || ingress == null
        || ingress.path("spec").path("ingressClassName").isString()
        || ingress.path("metadata").path("annotations").has(OLD_CLASS)) {
      return;
    }
    DefaultClasses.newest(lookup.list("ingressclasses.networking.k8s.io"), MARKS)
        .ifPresent(
            found -> Trees.child(ingress, "spec").put("ingressClassName", Trees.name(found)));
  }
}
