package dev.drydock.controllers.garbage;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.api.schema.TypeInfo;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.controllers.context.CustomTypes;
import dev.drydock.controllers.garbage.GarbageCase.Standing;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the garbage collector asks of the server. Every write holds only for the state that was
/// seen: one made on old news fails as a conflict, and the newer state is looked at instead.
final class GarbageWriter {
  private final Api api;
  private final CustomTypes custom;

  GarbageWriter(Api api, CustomTypes custom) {
    this.api = api;
    this.custom = custom;
  }

  /// Asks the server whether an owner exists. An owner of a type that nobody serves counts as
  /// present: nothing is deleted on a guess.
  Standing lookUp(Item child, OwnerReference owner) {
    GroupVersionKind kind = GroupVersionKind.of(owner.getApiVersion(), owner.getKind());
    Optional<ResourceType> type =
        BuiltInTypes.get().ofKind(kind).map(TypeInfo::type).or(() -> custom.ofKind(kind));
    if (type.isEmpty()) {
      return Standing.PRESENT;
    }
    if (type.get().isNamespaced() && child.key().namespace().isEmpty()) {
      return Standing.PRESENT;
    }
    String namespace = type.get().isNamespaced() ? child.key().namespace() : "";
    try {
      Item found =
          Item.of(
              type.get(),
              api.resource(Kinds.metadataOnly(type.get()))
                  .get(ObjectKey.of(namespace, owner.getName())));
      if (!found.uid().value().equals(owner.getUid())) {
        return Standing.ABSENT;
      }
      return found.isDeletingDependents() ? Standing.DELETING_DEPENDENTS : Standing.PRESENT;
    } catch (ApiException e) {
      if (e.isNotFound()) {
        return Standing.ABSENT;
      }
      throw e;
    }
  }

  void carryOut(GarbageAction action) {
    try {
      switch (action) {
        case GarbageAction.Delete(Item item, GarbageAction.Dependents dependents) ->
            api.resource(Kinds.metadataOnly(item.type()))
                .delete(
                    item.key(),
                    Deletion.DEFAULT
                        .withPropagation(propagation(dependents))
                        .onlyIf(item.uid())
                        .onlyIf(item.revision()));
        case GarbageAction.DropOwners(Item item, var owners) ->
            patchOwners(
                item,
                item.owners().stream()
                    .filter(owner -> !owners.contains(new Uid(owner.getUid())))
                    .toList());
        case GarbageAction.Unblock(Item item) ->
            patchOwners(
                item,
                item.owners().stream()
                    .map(
                        owner ->
                            new OwnerReferenceBuilder(owner).withBlockOwnerDeletion(false).build())
                    .toList());
        case GarbageAction.RemoveFinalizer(Item item, String finalizer) ->
            patchFinalizers(item, finalizer);
      }
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  private static Deletion.Propagation propagation(GarbageAction.Dependents dependents) {
    return switch (dependents) {
      case FOLLOW -> Deletion.Propagation.BACKGROUND;
      case PRECEDE -> Deletion.Propagation.FOREGROUND;
      case STAY -> Deletion.Propagation.ORPHAN;
    };
  }

  private void patchOwners(Item item, List<OwnerReference> owners) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    ArrayNode list = metadata.putArray("ownerReferences");
    owners.forEach(owner -> list.add(TypedCodec.tree(owner)));
    patch(item, metadata);
  }

  private void patchFinalizers(Item item, String finalizer) {
    ObjectNode metadata = JsonNodeFactory.instance.objectNode();
    ArrayNode list = metadata.putArray("finalizers");
    item.finalizers().stream().filter(each -> !each.equals(finalizer)).forEach(list::add);
    patch(item, metadata);
  }

  private void patch(Item item, ObjectNode metadata) {
    metadata.put("uid", item.uid().value());
    metadata.put("resourceVersion", item.revision().toString());
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.set("metadata", metadata);
    api.resource(Kinds.metadataOnly(item.type()))
        .patch(item.key(), new Patch.Merge(document.toString()));
  }
}
