package dev.drydock.apiserver.admission;

/// Makes namespaces that nobody asked for.
public interface NamespaceMaker {

  /// Makes it, unless it is there. Blocks.
  ///
  /// @throws dev.drydock.api.status.ApiException when it can't be made
  void make(String name);
}
