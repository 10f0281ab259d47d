package dev.drydock.apiserver.registry;

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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Patches objects. A patch without a resource version is applied again to whatever the object
/// has become; an apply creates what is not there.
final class Patching {
  private final Objects objects;
  private final Bodies bodies;
  private final WritePath path;

  Patching(Objects objects, Bodies bodies, WritePath path) {
    this.objects = objects;
    this.bodies = bodies;
    this.path = path;
  }

  Written patch(Request request, PatchBody patch, Subresource.@Nullable Facet facet) {
    if (patch instanceof PatchBody.Apply && request.options().fieldManager().isEmpty()) {
      FieldError missing = FieldError.required("fieldManager", "is required for apply patch");
      throw new ApiException(
          new Status(
              StatusReason.INVALID,
              StatusReason.INVALID.code(),
              "PatchOptions.meta.k8s.io \"\" is invalid: " + missing,
              new Status.Details("", "meta.k8s.io", "PatchOptions", List.of(missing), 0)));
    }
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
    ObjectNode wanted = patchTree(shown, patch, as.bodies().schema(), as);
    checkIdentity(request, wanted);
    return path.change(
        request,
        current,
        bodies.accept(request, wanted, Bodies.Occasion.CHANGE),
        facet,
        Tracking.DUE);
  }

  /// The patch on the tree; also for sub-resources that are no part of the object.
  static ObjectNode patchTree(
      ObjectNode before, PatchBody patch, Schema schema, StoredResource as) {
    return switch (patch) {
      case PatchBody.Json json -> PatchEngine.json(before, json.document());
      case PatchBody.Merge merge -> PatchEngine.merge(before, merge.document());
      case PatchBody.StrategicMerge merge ->
          PatchEngine.strategicMerge(before, merge.document(), schema);
      case PatchBody.Apply _ ->
          throw ApiException.of(
              StatusReason.UNSUPPORTED_MEDIA_TYPE, "apply is not supported for " + as.type());
    };
  }

  private Wish applied(
      Request request,
      PatchBody.Apply apply,
      @Nullable SharedObject current,
      Subresource.@Nullable Facet facet) {
    if (!(apply.document() instanceof ObjectNode document)) {
      throw ApiException.badRequest("error decoding YAML: the applied document is no object");
    }
    if (current == null && facet != null) {
      throw ApiException.notFound(request.as().type(), request.target().name());
    }
    ObjectNode intent = document.deepCopy();
    Bodies.metadata(intent).put("name", request.target().name());
    checkIdentity(request, document);
    ObjectNode wanted = bodies.acceptIntent(request, intent);
    if (facet == null) {
      if (request.resource().hasStatus()) {
        wanted.remove("status");
      }
    } else {
      wanted.retain(List.of("apiVersion", "kind", "metadata", facet.part()));
    }
    FieldManagement.Force force =
        apply.conflicts() == Conflicts.FORCE ? FieldManagement.Force.YES : FieldManagement.Force.NO;
    ObjectNode merged =
        FieldManagement.apply(
            current == null ? null : request.as().shown(current).tree(),
            wanted,
            request.as().form().seenAs(),
            path.writer(request),
            force);
    merged = bodies.toStored(request, merged);
    return current == null
        ? path.create(request, merged, Tracking.DONE)
        : path.change(request, current, merged, facet, Tracking.DONE);
  }

  private static void checkIdentity(Request request, ObjectNode object) {
    String name = Trees.text(object, "metadata", "name");
    if (!name.isEmpty() && !name.equals(request.target().name())) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + request.target().name()
              + ")");
    }
  }

  private static SharedObject present(Request request, @Nullable SharedObject current) {
    if (current == null) {
      throw ApiException.notFound(request.as().type(), request.target().name());
    }
    return current;
  }
}
