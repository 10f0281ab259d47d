package dev.drydock.apiserver.cel.value;

/// A value of a type that a library adds.
public interface Named {

  /// The type as it is declared: `kubernetes.Quantity`.
  String typeName();
}
