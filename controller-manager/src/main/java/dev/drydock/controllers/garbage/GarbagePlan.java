package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.Uid;
import dev.drydock.controllers.garbage.GarbageAction.Delete;
import dev.drydock.controllers.garbage.GarbageAction.Dependents;
import dev.drydock.controllers.garbage.GarbageAction.DropOwners;
import dev.drydock.controllers.garbage.GarbageAction.RemoveFinalizer;
import dev.drydock.controllers.garbage.GarbageAction.Unblock;
import dev.drydock.controllers.garbage.GarbageCase.OwnerState;
import dev.drydock.controllers.garbage.GarbageCase.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What becomes of an object, given its owners and dependents.
final class GarbagePlan {
  private GarbagePlan() {}

  /// @param given without unverified owners
  /// @return in the order in which to do it
  static List<GarbageAction> of(GarbageCase given) {
    Item item = given.item();
    if (item.isOrphaningDependents()) {
      return orphan(given);
    }
    if (item.isDeletingDependents()) {
      boolean blocked =
          given.dependents().stream().anyMatch(dependent -> dependent.blocks(item.uid()));
      return blocked ? List.of() : List.of(new RemoveFinalizer(item, Item.FOREGROUND));
    }
    if (item.isDeleting() || given.owners().isEmpty()) {
      return List.of();
    }
    return byOwners(given);
  }

  private static List<GarbageAction> orphan(GarbageCase given) {
    var actions = new ArrayList<GarbageAction>();
    for (Item dependent : given.dependents()) {
      actions.add(new DropOwners(dependent, Set.of(given.item().uid())));
    }
    actions.add(new RemoveFinalizer(given.item(), Item.ORPHAN));
    return actions;
  }

  private static List<GarbageAction> byOwners(GarbageCase given) {
    Item item = given.item();
    var lost = new HashSet<Uid>();
    boolean kept = false;
    boolean awaited = false;
    for (OwnerState owner : given.owners()) {
      Uid uid = OwnershipGraph.uid(owner.reference());
      switch (owner.standing()) {
        case PRESENT, UNVERIFIED -> kept = true;
        case DELETING_DEPENDENTS -> {
          awaited = true;
          lost.add(uid);
        }
        case ABSENT -> lost.add(uid);
      }
    }
    if (kept) {
      return lost.isEmpty() ? List.of() : List.of(new DropOwners(item, lost));
    }
    if (awaited && !given.dependents().isEmpty()) {
      boolean circular = given.dependents().stream().anyMatch(Item::isDeletingDependents);
      Delete foreground = new Delete(item, Dependents.PRECEDE);
      return circular ? List.of(new Unblock(item), foreground) : List.of(foreground);
    }
    return List.of(new Delete(item, dependents(item)));
  }

  /// As its finalizers ask; else in the background.
  private static Dependents dependents(Item item) {
    if (item.finalizers().contains(Item.ORPHAN)) {
      return Dependents.STAY;
    }
    return item.finalizers().contains(Item.FOREGROUND) ? Dependents.PRECEDE : Dependents.FOLLOW;
  }

  /// Whether the server must be asked about an owner before the case can be decided.
  static boolean needsVerification(GarbageCase given) {
    return !given.item().isDeleting()
        && given.owners().stream().anyMatch(o -> o.standing() == Standing.UNVERIFIED);
  }
}
