package dev.drydock.apiserver.registry;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.WritePath.Tracking;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Written;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Replaces objects, or the part of them that a facet may touch.
final class Updating {
  private final Objects objects;
  private final Bodies bodies;
  private final WritePath path;

  Updating(Objects objects, Bodies bodies, WritePath path) {
    this.objects = objects;
    this.bodies = bodies;
    this.path = path;
  }

  /// @param facet null: the object itself
  Written update(Request request, ObjectNode body, Subresource.@Nullable Facet facet) {
    ObjectNode metadata = Bodies.metadata(body);
    String name = Trees.text(metadata, "name");
    String urlName = request.target().name();
    if (name.isEmpty()) {
      metadata.put("name", urlName);
    } else if (!name.equals(urlName)) {
      throw ApiException.badRequest(
          "the name of the object ("
              + name
              + ") does not match the name on the URL ("
              + urlName
              + ")");
    }
    ObjectNode wanted = bodies.accept(request, body, Bodies.Occasion.CHANGE);
    return objects.update(
        request.as(),
        request.target(),
        request.options().persistence(),
        current -> {
          if (current == null) {
            throw ApiException.notFound(request.as().type(), urlName);
          }
          return path.change(request, current, wanted.deepCopy(), facet, Tracking.DUE);
        });
  }
}
