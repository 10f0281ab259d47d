package dev.drydock.client.control;

import dev.drydock.api.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.Collection;
import java.util.List;

/// From an object that changed to the keys that must be looked at.
@FunctionalInterface
public interface KeyMapper<T> {

  /// Pure. Called for the old and the new state of an update.
  Collection<ObjectKey> keys(T object);

  /// The object itself.
  static <T extends HasMetadata> KeyMapper<T> self() {
    return object -> List.of(ObjectKey.of(object));
  }

  /// Its controlling owner, when that is of this kind.
  static <T extends HasMetadata> KeyMapper<T> controller(String kind) {
    return object ->
        object.getMetadata().getOwnerReferences().stream()
            .filter(owner -> Boolean.TRUE.equals(owner.getController()))
            .filter(owner -> owner.getKind().equals(kind))
            .map(OwnerReference::getName)
            .map(name -> ObjectKey.of(object.getMetadata().getNamespace(), name))
            .toList();
  }
}
