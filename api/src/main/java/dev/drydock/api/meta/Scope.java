package dev.drydock.api.meta;

/// Whether objects of a type live in a namespace.
public enum Scope {
  NAMESPACED,
  CLUSTER
}
