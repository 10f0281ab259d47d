package dev.drydock.apiserver.request;

import dev.drydock.api.meta.Revision;

/// Answer of a write.
///
/// @param before NONE: it was created
public record Written(StoredObject object, Revision before, Outcome outcome) {

  /// What the write did.
  public enum Outcome {
    CREATED,
    CHANGED,
    /// Nothing differed, so nothing was written.
    UNCHANGED,
    /// A finalizer or a grace period was the last thing that held it.
    REMOVED
  }
}
