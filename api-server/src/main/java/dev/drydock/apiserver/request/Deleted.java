package dev.drydock.apiserver.request;

import java.util.List;

/// Answer of a delete.
public sealed interface Deleted {

  /// The object lives on until its finalizers or its grace period end.
  record Pending(Written object) implements Deleted {}

  /// The object is gone; this was its last state.
  record Gone(Written last) implements Deleted {}

  /// The collection's objects, each as it was left.
  record Collection(ObjectList items, List<Deleted> each) implements Deleted {}
}
