package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.api.status.Status;
import dev.drydock.api.status.StatusReason;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.WritePath.Tracking;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Replaces objects, or the part of them that a facet may touch.
final class Updating {
  private final Objects objects;
  private final Bodies bodies;
  private final WritePath path;
  private final CreateRights rights;

  Updating(Objects objects, Bodies bodies, WritePath path, CreateRights rights) {
    this.objects = objects;
    this.bodies = bodies;
    this.path = path;
    this.rights = rights;
  }

  /// @param facet null: the object itself
  Written update(Request request, ObjectNode body, Subresource.@Nullable Facet facet) {
    ObjectNode wanted = bodies.accept(request, body, Bodies.Occasion.CHANGE);
    return objects.update(
        request.as(),
        request.target(),
        request.options().persistence(),
        current -> {
          if (current == null) {
            return created(request, wanted.deepCopy(), facet);
          }
          Metadata.checkPrecondition(request, wanted, current.tree());
          checkVersion(request, wanted);
          return path.change(request, current, wanted.deepCopy(), facet, Tracking.DUE);
        });
  }

  /// What there is not is created, where the kind allows it.
  private Wish created(Request request, ObjectNode wanted, Subresource.@Nullable Facet facet) {
    if (facet != null || !request.resource().strategy().isCreatedByUpdates()) {
      throw ApiException.notFound(request.as().type(), request.target().name());
    }
    rights.require(request);
    Metadata.of(wanted).remove("resourceVersion");
    return path.create(request, wanted, Tracking.DUE);
  }

  private static void checkVersion(Request request, ObjectNode wanted) {
    String version = Trees.text(wanted, "metadata", "resourceVersion");
    if ((version.isEmpty() || version.equals("0"))
        && !request.resource().strategy().changesBlindly()) {
      ResourceType type = request.as().type();
      FieldError error =
          FieldError.invalid("metadata.resourceVersion", 0, "must be specified for an update");
      throw new ApiException(
          new Status(
              StatusReason.INVALID,
              StatusReason.INVALID.code(),
              type.qualifiedResource()
                  + " \""
                  + request.target().name()
                  + "\" is invalid: "
                  + error,
              new Status.Details(
                  request.target().name(), type.group(), type.resource(), List.of(error), 0)));
    }
  }
}
