package dev.drydock.apiserver.request;

import dev.drydock.apiserver.storage.ObjectReader.Subscription;
import tools.jackson.databind.node.ObjectNode;

/// The API behind both ports, after identity and authority have been checked. Implemented by
/// the registry. Every method fails with an `ApiException`. Blocking; called on virtual
/// threads, except that watch returns at once.
public interface ApiService {

  StoredObject get(RequestContext context, Target target, ReadOptions options);

  ObjectList list(RequestContext context, Target target, ReadOptions options);

  Subscription watch(
      RequestContext context, Target target, ReadOptions options, WatchObserver observer);

  /// @param target with a name only for sub-resources
  /// @param body taken over: the service may change it
  Written create(RequestContext context, Target target, ObjectNode body, WriteOptions options);

  Written update(RequestContext context, Target target, ObjectNode body, WriteOptions options);

  Written patch(RequestContext context, Target target, PatchBody patch, WriteOptions options);

  /// Deletes one object, or with an empty name the selected collection.
  Deleted delete(
      RequestContext context, Target target, DeleteOptions options, ReadOptions selection);
}
