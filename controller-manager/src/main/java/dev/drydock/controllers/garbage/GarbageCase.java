package dev.drydock.controllers.garbage;

import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// One object with everything that decides what becomes of it.
///
/// @param owners in the order of its references
/// @param dependents objects that it owns
record GarbageCase(Item item, List<OwnerState> owners, List<Item> dependents) {
  /// How it stands with an owner.
  enum Standing {
    PRESENT,
    /// Present, but waiting for its dependents to go.
    DELETING_DEPENDENTS,
    ABSENT,
    /// Not in the graph; nobody has asked the server yet.
    UNVERIFIED
  }

  /// One owner.
  record OwnerState(OwnerReference reference, Standing standing) {}

  GarbageCase {
    owners = List.copyOf(owners);
    dependents = List.copyOf(dependents);
  }

  /// The case with every unverified owner looked up.
  GarbageCase verified(Function<OwnerReference, Standing> lookUp) {
    var states = new ArrayList<OwnerState>();
    for (OwnerState owner : owners) {
      states.add(
          owner.standing() == Standing.UNVERIFIED
              ? new OwnerState(owner.reference(), lookUp.apply(owner.reference()))
              : owner);
    }
    return new GarbageCase(item, states, dependents);
  }
}
