package dev.drydock.client.resource;

/// A change to an object, as JSON text.
public sealed interface Patch {
  /// The patch document.
  String document();

  /// RFC 6902.
  record Json(String document) implements Patch {}

  /// RFC 7386.
  record Merge(String document) implements Patch {}

  /// Kubernetes' own merge, which knows list keys.
  record StrategicMerge(String document) implements Patch {}

  /// Server-side apply: the whole intent of one field manager.
  record Apply(String document, String fieldManager, Conflicts conflicts) implements Patch {}

  /// What to do about fields that another manager owns.
  enum Conflicts {
    FAIL,
    FORCE
  }
}
