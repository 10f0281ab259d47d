package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.Uid;
import dev.drydock.client.resource.Deletion.Propagation;
import java.util.Set;

/// What becomes of an object.
sealed interface GarbageAction {
  Item item();

  /// Takes references to these owners out.
  record DropOwners(Item item, Set<Uid> owners) implements GarbageAction {
    public DropOwners {
      owners = Set.copyOf(owners);
    }
  }

  /// Stops it from keeping its owners: they would wait for each other.
  record Unblock(Item item) implements GarbageAction {}

  record Delete(Item item, Propagation propagation) implements GarbageAction {}

  /// Lets it go.
  record RemoveFinalizer(Item item, String finalizer) implements GarbageAction {}
}
