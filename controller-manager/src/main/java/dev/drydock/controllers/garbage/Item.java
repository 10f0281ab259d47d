package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.meta.Revision;
import dev.drydock.api.meta.Uid;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;

/// What the garbage collector knows of an object.
///
/// @param deleting whether somebody asked for its deletion
record Item(
    ResourceType type,
    ObjectKey key,
    Uid uid,
    Revision revision,
    List<OwnerReference> owners,
    List<String> finalizers,
    Deleting deleting) {
  static final String FOREGROUND = "foregroundDeletion";
  static final String ORPHAN = "orphan";

  /// Whether an object is on its way out.
  enum Deleting {
    NO,
    YES
  }

  Item {
    owners = List.copyOf(owners);
    finalizers = List.copyOf(finalizers);
  }

  static Item of(ResourceType type, HasMetadata object) {
    ObjectMeta metadata = object.getMetadata();
    return new Item(
        type,
        ObjectKey.of(object),
        Uid.of(object),
        Revision.of(object),
        metadata.getOwnerReferences(),
        metadata.getFinalizers(),
        metadata.getDeletionTimestamp() == null ? Deleting.NO : Deleting.YES);
  }

  boolean isDeleting() {
    return deleting == Deleting.YES;
  }

  /// It waits for its dependents to go before it goes itself.
  boolean isDeletingDependents() {
    return isDeleting() && finalizers.contains(FOREGROUND);
  }

  /// It waits for its dependents to be set free.
  boolean isOrphaningDependents() {
    return isDeleting() && finalizers.contains(ORPHAN);
  }

  /// Whether it keeps that owner from going in the foreground.
  boolean blocks(Uid owner) {
    return owners.stream()
        .anyMatch(
            reference ->
                reference.getUid().equals(owner.value())
                    && Boolean.TRUE.equals(reference.getBlockOwnerDeletion()));
  }
}
