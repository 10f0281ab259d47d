package dev.drydock.controllers.storageprotection;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.Reconciler;
import dev.drydock.client.control.Result;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kind;
import dev.drydock.client.resource.ResourceClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Holds every object of a kind by a finalizer; lets it go when it is to be deleted and nobody
/// uses it.
final class ProtectionReconciler<T extends HasMetadata> implements Reconciler {
  private final Kind<T> kind;
  private final Lister<T> objects;
  private final ResourceClient<T> client;
  private final String finalizer;
  private final Predicate<T> inUse;

  ProtectionReconciler(
      Kind<T> kind, Lister<T> objects, Api api, String finalizer, Predicate<T> inUse) {
    this.kind = kind;
    this.objects = objects;
    this.client = api.resource(kind);
    this.finalizer = finalizer;
    this.inUse = inUse;
  }

  @Override
  public Result reconcile(ObjectKey key) {
    Optional<T> found = objects.get(key);
    if (found.isPresent()) {
      T object = found.get();
      boolean held = object.getMetadata().getFinalizers().contains(finalizer);
      boolean ending = object.getMetadata().getDeletionTimestamp() != null;
      if (ending && held && !inUse.test(object)) {
        List<String> rest = new ArrayList<>(object.getMetadata().getFinalizers());
        rest.remove(finalizer);
        write(object, rest);
      } else if (!ending && !held) {
        List<String> more = new ArrayList<>(object.getMetadata().getFinalizers());
        more.add(finalizer);
        write(object, more);
      }
    }
    return Result.done();
  }

  private void write(T object, List<String> finalizers) {
    ObjectNode tree = TypedCodec.tree(object);
    if (tree.get("metadata") instanceof ObjectNode metadata) {
      ArrayNode list = metadata.putArray("finalizers");
      finalizers.forEach(list::add);
    }
    try {
      client.update(TypedCodec.read(tree, kind.model()));
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }
}
