package dev.drydock.controllers.ownership;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.StatusReason;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Finds candidates in a cache and writes claims. Each write holds only for the state that was
/// seen, so a claim made on old news fails as a conflict.
public final class Claims<T extends HasMetadata> {
  private final Lister<T> lister;
  private final ResourceClient<T> client;

  /// @param lister of an informer with the index [Indexes#controllerUid()]
  public Claims(Lister<T> lister, ResourceClient<T> client) {
    this.lister = lister;
    this.client = client;
  }

  /// The children that an owner has, and the orphans of its namespace.
  public List<T> candidates(HasMetadata owner) {
    String namespace = owner.getMetadata().getNamespace();
    var candidates =
        new ArrayList<T>(lister.byIndex(Indexes.controllerUid(), owner.getMetadata().getUid()));
    for (T orphan : lister.byIndex(Indexes.controllerUid(), "")) {
      if (namespace.equals(orphan.getMetadata().getNamespace())) {
        candidates.add(orphan);
      }
    }
    return candidates;
  }

  /// Writes the claims.
  ///
  /// @param live reads the owner from the server: it must not adopt when it is gone or going
  public void write(Owner owner, List<Claim<T>> claims, Supplier<? extends HasMetadata> live) {
    boolean verified = false;
    for (Claim<T> claim : claims) {
      switch (claim) {
        case Claim.Adopt<T>(T child) -> {
          if (!verified) {
            verify(owner, live.get());
            verified = true;
          }
          var references = new ArrayList<>(child.getMetadata().getOwnerReferences());
          references.add(owner.controllerReference());
          patch(child, references);
        }
        case Claim.Release<T>(T child) -> release(owner, child);
      }
    }
  }

  private static void verify(Owner owner, HasMetadata live) {
    if (!live.getMetadata().getUid().equals(owner.uid().value())
        || live.getMetadata().getDeletionTimestamp() != null) {
      throw ApiException.of(
          StatusReason.CONFLICT,
          "can't adopt: " + owner.kind() + " " + owner.name() + " is gone or being deleted");
    }
  }

  private void release(Owner owner, T child) {
    var references = new ArrayList<>(child.getMetadata().getOwnerReferences());
    references.removeIf(reference -> reference.getUid().equals(owner.uid().value()));
    try {
      patch(child, references);
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private void patch(T child, List<OwnerReference> references) {
    ObjectMeta metadata = child.getMetadata();
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    ObjectNode changed = document.putObject("metadata");
    changed.put("uid", metadata.getUid());
    changed.put("resourceVersion", metadata.getResourceVersion());
    ArrayNode list = changed.putArray("ownerReferences");
    references.forEach(reference -> list.add(TypedCodec.tree(reference)));
    client.patch(ObjectKey.of(child), new Patch.Merge(document.toString()));
  }
}
