package dev.drydock.apiserver.admission;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.admission.Lookup.Age;
import dev.drydock.apiserver.request.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Nothing new in a namespace that does not exist or is ending; some namespaces never end.
final class NamespaceLifecycle implements AdmissionRule {
  private static final Set<String> IMMORTAL = Set.of("default", "kube-system", "kube-public");
  private static final Set<String> REVIEWS =
      Set.of("localsubjectaccessreviews", "subjectaccessreviews", "selfsubjectaccessreviews");

  private final Lookup lookup;

  NamespaceLifecycle(Lookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void mutate(AdmissionRequest request) {
    Target target = request.target();
    if (request.isFor("", "namespaces")) {
      if (request.operation() == Operation.DELETE && IMMORTAL.contains(target.name())) {
        throw ApiException.forbidden(
            target.type(), target.name(), "this namespace may not be deleted");
      }
      return;
    }
    if (request.operation() != Operation.CREATE
        || target.namespace().isEmpty()
        || REVIEWS.contains(target.type().resource())) {
      return;
    }
    ObjectNode namespace = namespace(target.namespace());
    if (namespace.path("metadata").path("deletionTimestamp").isString()) {
      throw terminating(request);
    }
  }

  private ObjectNode namespace(String name) {
    Optional<ObjectNode> known = lookup.find("namespaces", "", name, Age.ANY);
    if (known.isEmpty()) {
      known = lookup.find("namespaces", "", name, Age.NOW);
    }
    return known.orElseThrow(
        () ->
            new ApiException(
                new Status(
                    StatusReason.NOT_FOUND,
                    StatusReason.NOT_FOUND.code(),
                    "namespaces \"" + name + "\" not found",
                    new Status.Details(name, "", "namespaces", List.of(), 0))));
  }

  private static ApiException terminating(AdmissionRequest request) {
    Target target = request.target();
    String name = AdmissionNames.shown(request);
    return new ApiException(
        new Status(
            StatusReason.FORBIDDEN,
            StatusReason.FORBIDDEN.code(),
            target.type().qualifiedResource()
                + " \""
                + name
                + "\" is forbidden: unable to create new content in namespace "
                + target.namespace()
                + " because it is being terminated",
            new Status.Details(
                name,
                target.type().group(),
                target.type().resource(),
                List.of(
                    new FieldError(
                        FieldError.Type.NAMESPACE_TERMINATING,
                        "metadata.namespace",
                        "namespace " + target.namespace() + " is being terminated")),
                0)));
  }
}
