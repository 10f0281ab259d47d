package dev.drydock.apiserver.request;

/// What the lists of a type are called, and how they are written.
public record ListForm(String kind, Shape shape) {

  /// What stands behind a list.
  public enum Shape {
    /// A class: its fields have an order, and those that are empty are left out.
    TYPED,
    /// A tree: its fields stand in the order of their names, and `continue` is always there.
    UNTYPED
  }
}
