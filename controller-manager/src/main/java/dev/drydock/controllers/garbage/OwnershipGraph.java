package dev.drydock.controllers.garbage;

import dev.drydock.api.meta.Uid;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who owns whom, among all objects of the cluster. An owner may be known by its dependents before
/// it is known itself, or never. Belongs to one thread.
final class OwnershipGraph {
  private final Map<Uid, Item> items = new HashMap<>();
  private final Map<Uid, Set<Uid>> dependents = new HashMap<>();

  /// Takes note of an object's present state.
  ///
  /// @return objects whose case may have changed
  Set<Uid> put(Item item) {
    Item before = items.put(item.uid(), item);
    var changed = new LinkedHashSet<Uid>();
    if (before == null || !before.owners().equals(item.owners())) {
      if (before != null) {
        unlink(before, changed);
      }
      for (OwnerReference owner : item.owners()) {
        dependents.computeIfAbsent(uid(owner), _ -> new HashSet<>()).add(item.uid());
      }
      addDeletingOwners(item, changed);
      if (!item.owners().isEmpty()) {
        changed.add(item.uid());
      }
    }
    boolean wasDeleting = before != null && before.isDeletingDependents();
    if (item.isDeletingDependents() && !wasDeleting) {
      changed.add(item.uid());
      changed.addAll(dependents.getOrDefault(item.uid(), Set.of()));
      addDeletingOwners(item, changed);
    }
    boolean wasOrphaning = before != null && before.isOrphaningDependents();
    if (item.isOrphaningDependents() && !wasOrphaning) {
      changed.add(item.uid());
    }
    return changed;
  }

  /// Takes note that an object is gone.
  ///
  /// @return objects whose case may have changed
  Set<Uid> remove(Uid uid) {
    var changed = new LinkedHashSet<Uid>(dependents.getOrDefault(uid, Set.of()));
    Item gone = items.remove(uid);
    if (gone != null) {
      unlink(gone, changed);
    }
    return changed;
  }

  private void unlink(Item item, Set<Uid> changed) {
    for (OwnerReference owner : item.owners()) {
      Set<Uid> siblings = dependents.get(uid(owner));
      if (siblings != null) {
        siblings.remove(item.uid());
        if (siblings.isEmpty()) {
          dependents.remove(uid(owner));
        }
      }
    }
    addDeletingOwners(item, changed);
  }

  /// Owners that wait for their dependents want to know of every change of one.
  private void addDeletingOwners(Item item, Set<Uid> changed) {
    for (OwnerReference owner : item.owners()) {
      Item known = items.get(uid(owner));
      if (known != null && known.isDeletingDependents()) {
        changed.add(known.uid());
      }
    }
  }

  Optional<Item> find(Uid uid) {
    return Optional.ofNullable(items.get(uid));
  }

  /// Objects that name this one as an owner.
  List<Item> dependents(Uid owner) {
    var result = new ArrayList<Item>();
    for (Uid uid : dependents.getOrDefault(owner, Set.of())) {
      find(uid).ifPresent(result::add);
    }
    return result;
  }

  /// Objects that have owners, or wait for dependents.
  Set<Uid> worthALook() {
    var result = new LinkedHashSet<Uid>();
    for (Item item : items.values()) {
      if (!item.owners().isEmpty() || item.isDeletingDependents() || item.isOrphaningDependents()) {
        result.add(item.uid());
      }
    }
    return result;
  }

  static Uid uid(OwnerReference owner) {
    return new Uid(owner.getUid());
  }
}
