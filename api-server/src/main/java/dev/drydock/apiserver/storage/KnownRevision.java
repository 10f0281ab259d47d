package dev.drydock.apiserver.storage;

import dev.drydock.api.meta.Revision;

/// How far a store is, where that can be known without asking it.
@FunctionalInterface
public interface KnownRevision {

  /// For stores that must be asked.
  KnownRevision NEVER = () -> Revision.NONE;

  /// A revision that takes in every write that was acknowledged to anybody before this call; NONE
  /// when only the store itself knows one. Costs nothing, never blocks.
  Revision now();
}
