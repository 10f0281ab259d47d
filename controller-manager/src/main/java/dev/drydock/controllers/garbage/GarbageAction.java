package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.Uid;
import java.util.Set;

/// What becomes of an object.
sealed interface GarbageAction {
  Item item();

  /// What happens to the dependents of a deleted object.
  enum Dependents {
    /// They go after it.
    FOLLOW,
    /// They go before it.
    PRECEDE,
    /// They stay.
    STAY
  }

  /// Takes references to these owners out.
  record DropOwners(Item item, Set<Uid> owners) implements GarbageAction {
    public DropOwners {
      owners = Set.copyOf(owners);
    }
  }

  /// Stops it from keeping its owners: they would wait for each other.
  record Unblock(Item item) implements GarbageAction {}

  record Delete(Item item, Dependents dependents) implements GarbageAction {}

  /// Lets it go.
  record RemoveFinalizer(Item item, String finalizer) implements GarbageAction {}
}
