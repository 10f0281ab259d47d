package dev.drydock.apiserver.registry;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.Objects.Wish;
import dev.drydock.apiserver.registry.WritePath.Tracking;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.request.Written;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Creates objects.
final class Creating {
  /// How often a generated name is drawn again when it is taken.
  private static final int NAME_ATTEMPTS = 8;

  private final Objects objects;
  private final Bodies bodies;
  private final WritePath path;

  Creating(Objects objects, Bodies bodies, WritePath path) {
    this.objects = objects;
    this.bodies = bodies;
    this.path = path;
  }

  Written create(Request request, ObjectNode body) {
    ObjectNode object = bodies.accept(request, body, Bodies.Occasion.CREATE);
    String version = Trees.text(object, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals("0")) {
      throw ApiException.badRequest("resourceVersion should not be set on objects to be created");
    }
    boolean generated =
        Trees.text(object, "metadata", "name").isEmpty()
            && Trees.has(object, "metadata", "generateName");
    for (int attempt = 1; generated && attempt < NAME_ATTEMPTS; attempt++) {
      try {
        return store(request, object);
      } catch (ApiException taken) {
        if (!taken.isAlreadyExists()) {
          throw taken;
        }
        Metadata.of(object).remove(List.of("name", "managedFields"));
      }
    }
    try {
      return store(request, object);
    } catch (ApiException taken) {
      if (taken.isAlreadyExists() && Trees.has(object, "metadata", "generateName")) {
        throw ApiException.noNameGenerated(
            request.as().type(), Trees.text(object, "metadata", "name"));
      }
      throw taken;
    }
  }

  private Written store(Request request, ObjectNode object) {
    Wish.Create ready = path.create(request, object, Tracking.DUE);
    Request named = request.named(Trees.text(ready.tree(), "metadata", "name"));
    return objects.create(
        request.as(), named.target(), ready.tree(), ready.claim(), request.options().persistence());
  }
}
