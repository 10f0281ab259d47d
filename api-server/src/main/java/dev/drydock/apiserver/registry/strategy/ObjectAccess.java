package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.request.DeleteOptions;
import dev.drydock.apiserver.request.Deleted;
import dev.drydock.apiserver.request.RequestContext;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.WriteOptions;
import dev.drydock.apiserver.request.Written;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/// What sub-resources and reviews may do with objects.
public interface ObjectAccess {

  Optional<StoredObject> find(
      ResourceType type, String namespace, String name, Freshness freshness);

  /// The objects as they are now.
  ///
  /// @param namespace empty: all
  List<StoredObject> list(ResourceType type, String namespace);

  /// Changes one object: the change is called with a copy of the present state, and again when
  /// somebody else was faster. No validation, no admission, and no new generation: the caller
  /// vouches for the outcome.
  ///
  /// @throws dev.drydock.api.status.ApiException not found, or what the change throws
  Written change(
      RequestContext context, Target target, Consumer<ObjectNode> change, WriteOptions options);

  Deleted delete(RequestContext context, Target target, DeleteOptions options);
}
