package dev.drydock.controllers.ownership;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// A change of ownership.
public sealed interface Claim<T extends HasMetadata> {
  T child();

  /// The orphan gets this owner as its controller.
  record Adopt<T extends HasMetadata>(T child) implements Claim<T> {}

  /// The child loses its reference to this owner.
  record Release<T extends HasMetadata>(T child) implements Claim<T> {}
}
