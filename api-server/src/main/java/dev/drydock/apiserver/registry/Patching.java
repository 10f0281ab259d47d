package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.patch.FieldManagement;
import dev.drydock.apiserver.patch.PatchEngine;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.WritePath.Tracking;
import dev.drydock.apiserver.registry.strategy.BodyRules.Merging;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.PatchBody;
import dev.drydock.apiserver.request.PatchBody.Conflicts;
import dev.drydock.apiserver.request.Written;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Patches objects. A patch without a resource version is applied again to whatever the object
/// has become; an apply creates what is not there.
final class Patching {
  private final Objects objects;
  private final Bodies bodies;
  private final WritePath path;
  private final CreateRights rights;

  Patching(Objects objects, Bodies bodies, WritePath path, CreateRights rights) {
    this.objects = objects;
    this.bodies = bodies;
    this.path = path;
    this.rights = rights;
  }

  Written patch(Request request, PatchBody patch, Subresource.@Nullable Facet facet) {
    checkManager(request, patch);
    return objects.update(
        request.as(),
        request.target(),
        request.options().persistence(),
        current ->
            switch (patch) {
              case PatchBody.Apply apply -> applied(request, apply, current, facet);
              case PatchBody.Json _, PatchBody.Merge _, PatchBody.StrategicMerge _ ->
                  patched(request, patch, present(request, current), facet);
            });
  }

  static void checkManager(Request request, PatchBody patch) {
    if (patch instanceof PatchBody.Apply && request.options().fieldManager().isEmpty()) {
      FieldError missing = FieldError.required("fieldManager", "is required for apply patch");
      throw new ApiException(
          new Status(
              StatusReason.INVALID,
              StatusReason.INVALID.code(),
              "PatchOptions.meta.k8s.io \"\" is invalid: " + missing,
              new Status.Details("", "meta.k8s.io", "PatchOptions", List.of(missing), 0)));
    }
  }

  private Wish patched(
      Request request, PatchBody patch, SharedObject current, Subresource.@Nullable Facet facet) {
    StoredResource as = request.as();
    if (patch instanceof PatchBody.StrategicMerge && as.bodies().merging() == Merging.PLAIN) {
      throw ApiException.of(
          StatusReason.UNSUPPORTED_MEDIA_TYPE,
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json-patch+json, application/merge-patch+json,"
              + " application/apply-patch+yaml");
    }
    ObjectNode shown = as.shown(current).tree();
    Supplier<ObjectNode> patched = () -> patchTree(shown, patch, as.bodies().schema());
    ObjectNode wanted = patched.get();
    return path.change(
        request,
        current,
        bodies.accept(
            judgedBy(request, patch),
            wanted,
            Bodies.Occasion.CHANGE,
            new PatchRefusal(patch, patched)),
        facet,
        Tracking.DUE);
  }

  /// Of a JSON patch the operations too have members that nobody knows or that came twice.
  private static Request judgedBy(Request request, PatchBody patch) {
    return patch instanceof PatchBody.Json(JsonNode document)
        ? request.withLapses(PatchEngine.lapses(document, request.options().lapses()))
        : request;
  }

  /// The patch on the tree; also for sub-resources that are no part of the object.
  static ObjectNode patchTree(ObjectNode before, PatchBody patch, Schema schema) {
    return switch (patch) {
      case PatchBody.Json json -> PatchEngine.json(before, json.document());
      case PatchBody.Merge merge -> PatchEngine.merge(before, merge.document());
      case PatchBody.StrategicMerge merge ->
          PatchEngine.strategicMerge(before, merge.document(), schema);
      case PatchBody.Apply _ -> throw new IllegalArgumentException("an apply is no mere patch");
    };
  }

  private Wish applied(
      Request request,
      PatchBody.Apply apply,
      @Nullable SharedObject current,
      Subresource.@Nullable Facet facet) {
    ObjectNode document = document(apply);
    if (current == null) {
      if (facet != null) {
        throw ApiException.notFound(request.as().type(), request.target().name());
      }
      rights.require(request);
    }
    checkType(request, document);
    FieldManagement.checkIntent(document, request.as().bodies().schema());
    Bodies.checkIdentity(request, document);
    ObjectNode intent = document.deepCopy();
    Trees.child(intent, "metadata").put("name", request.target().name());
    ObjectNode wanted = bodies.acceptIntent(request, intent);
    if (facet == null) {
      if (request.resource().hasStatus()) {
        wanted.remove("status");
      }
    } else {
      wanted.retain(List.of("apiVersion", "kind", "metadata", facet.part()));
    }
    ObjectNode merged =
        FieldManagement.apply(
            current == null ? null : request.as().shown(current).tree(),
            wanted,
            request.as().form().seenAs(),
            path.writer(request),
            force(apply));
    Bodies.judgeLines(request);
    if (current == null) {
      refuseUid(request, merged);
    }
    merged = bodies.toStored(request, merged);
    return current == null
        ? path.create(request, merged, Tracking.DONE)
        : path.change(request, current, merged, facet, Tracking.DONE);
  }

  /// An intent says what it is: nothing stands in for a missing `kind` or `apiVersion`.
  private static void checkType(Request request, ObjectNode document) {
    String apiVersion = Trees.text(document, "apiVersion");
    String kind = Trees.text(document, "kind");
    ResourceType wanted = request.as().type();
    if (!apiVersion.equals(wanted.apiVersion()) || !kind.equals(wanted.kind())) {
      String shown = apiVersion.contains("/") ? apiVersion : "/" + apiVersion;
      throw ApiException.badRequest("invalid object type: " + shown + ", Kind=" + kind);
    }
  }

  /// Who names a uid means an object that there is.
  private static void refuseUid(Request request, ObjectNode object) {
    String uid = Trees.text(object, "metadata", "uid");
    if (!uid.isEmpty()) {
      throw ApiException.conflict(
          request.as().type(),
          request.target().name(),
          "uid mismatch: the provided object specified uid "
              + uid
              + ", and no existing object was found");
    }
  }

  static ObjectNode document(PatchBody.Apply apply) {
    if (apply.document() instanceof ObjectNode document) {
      return document;
    }
    throw ApiException.badRequest("error decoding YAML: the applied document is no object");
  }

  static FieldManagement.Force force(PatchBody.Apply apply) {
    return apply.conflicts() == Conflicts.FORCE
        ? FieldManagement.Force.YES
        : FieldManagement.Force.NO;
  }

  private static SharedObject present(Request request, @Nullable SharedObject current) {
    if (current == null) {
      throw ApiException.notFound(request.as().type(), request.target().name());
    }
    return current;
  }
}
