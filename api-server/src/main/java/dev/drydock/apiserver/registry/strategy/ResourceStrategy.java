package dev.drydock.apiserver.registry.strategy;

import dev.drydock.apiserver.request.DeleteOptions;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// What is special about a kind. Pure. What all kinds share (names, uid, generation,
/// finalizers, conflicts) is the registry's business; the schema's defaults and checks come
/// first. Every method may be left as it is.
public interface ResourceStrategy {

  /// What every kind gets that needs nothing more.
  ResourceStrategy GENERIC = new ResourceStrategy() {};

  default Traits traits() {
    return Traits.USUAL;
  }

  /// Whether a change that names no version is made to whatever version there is.
  default boolean changesBlindly() {
    return true;
  }

  /// Whether an update of what is not there creates it.
  default boolean isCreatedByUpdates() {
    return false;
  }

  /// The rules for what comes in one version of the kind: nearly always the same for all.
  ///
  /// @param apiVersion the one the client speaks; objects are in the stored one nevertheless
  default ResourceStrategy spoken(String apiVersion) {
    return this;
  }

  /// Fills in what the client left out; called for every body, also of updates.
  default void applyDefaults(ObjectNode object) {}

  /// Last touches before an object is stored for the first time. Its status has been taken away
  /// already where the kind has a `status` sub-resource.
  default void prepareForCreate(ObjectNode object) {}

  /// Last touches before a change of the object itself (not of a sub-resource).
  ///
  /// @param before not to be changed
  default void prepareForUpdate(ObjectNode object, ObjectNode before) {}

  default void validateCreate(ObjectNode object, Violations found) {}

  /// Checks a change, whichever sub-resource it came through.
  ///
  /// @param before what is stored; not to be changed
  default void validateUpdate(ObjectNode object, ObjectNode before, Violations found) {
    validateCreate(object, found);
  }

  /// What to tell a client that deletes objects and leaves open what becomes of their dependents;
  /// empty: nothing.
  default String deletionWarning() {
    return "";
  }

  /// Decides how long a deletion waits, and marks the object as the kind wants it marked.
  ///
  /// @return zero: the object goes as soon as its finalizers are gone
  default Duration beginDeletion(ObjectNode object, DeleteOptions options) {
    return Duration.ZERO;
  }

  /// Adds what else is told of an object that was just marked as ending.
  default void deletionBegan(ObjectNode object) {}
}
