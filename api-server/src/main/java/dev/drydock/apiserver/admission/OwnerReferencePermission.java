package dev.drydock.apiserver.admission;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.Authorizer.Verdict;
import dev.drydock.apiserver.admission.AdmissionRequest.Operation;
import dev.drydock.apiserver.request.Target;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Who gives an object an owner must be allowed to delete the object, for its owner's end will be
/// its end; and who lets it hold up the owner's deletion must be allowed to set finalizers there.
final class OwnerReferencePermission implements AdmissionRule {
  private static final ArrayNode NONE = JsonNodeFactory.instance.arrayNode();

  private final Lookup lookup;
  private final Authorizer authorizer;

  OwnerReferencePermission(Lookup lookup, Authorizer authorizer) {
    this.lookup = lookup;
    this.authorizer = authorizer;
  }

  @Override
  public void validate(AdmissionRequest request) {
    ObjectNode object = request.object();
    boolean exempt =
        switch (request.operation()) {
          case CREATE, UPDATE -> request.isFor("", "pods", "status");
          case DELETE, CONNECT -> true;
        };
    if (exempt || object == null || owners(object).equals(owners(request.before()))) {
      return;
    }
    Target target = request.target();
    if (request.operation() == Operation.UPDATE) {
      demand(
          request,
          "cannot set an ownerRef on a resource you can't delete",
          new AccessAttributes.Resource(
              request.user(),
              "delete",
              target.type().group(),
              target.type().resource(),
              target.subresource(),
              target.namespace(),
              target.name()));
    }
    Set<JsonNode> before = new HashSet<>();
    owners(request.before()).forEach(before::add);
    for (JsonNode owner : owners(object)) {
      if (owner.path("blockOwnerDeletion").booleanValue(false) && !before.contains(owner)) {
        checkBlocking(request, owner);
      }
    }
  }

  private void checkBlocking(AdmissionRequest request, JsonNode owner) {
    String apiVersion = owner.path("apiVersion").stringValue("");
    String kind = owner.path("kind").stringValue("");
    String group = apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
    Optional<ResourceType> type =
        lookup.types().stream()
            .filter(one -> one.group().equals(group) && one.kind().equals(kind))
            .findFirst();
    if (type.isEmpty()) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          "cannot set blockOwnerDeletion in this case because cannot find RESTMapping for"
              + " APIVersion "
              + apiVersion
              + " Kind "
              + kind);
    }
    demand(
        request,
        "cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set"
            + " finalizers on",
        new AccessAttributes.Resource(
            request.user(),
            "update",
            group,
            type.get().resource(),
            "finalizers",
            type.get().isNamespaced() ? request.target().namespace() : "",
            owner.path("name").stringValue("")));
  }

  private void demand(AdmissionRequest request, String refusal, AccessAttributes right) {
    Verdict verdict = authorizer.authorize(right);
    if (!verdict.isAllowed()) {
      throw ApiException.forbidden(
          request.target().type(),
          AdmissionNames.shown(request),
          refusal + ": " + verdict.reason() + ", <nil>");
    }
  }

  private static JsonNode owners(@Nullable JsonNode object) {
    JsonNode owners = object == null ? NONE : object.path("metadata").path("ownerReferences");
    return owners.isArray() ? owners : NONE;
  }
}
