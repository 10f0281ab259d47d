package dev.drydock.apiserver.request;

import dev.drydock.api.meta.ResourceType;

/// What a request is about.
///
/// @param namespace empty: cluster-scoped, or all namespaces
/// @param name empty: the collection
/// @param subresource empty: the object itself
public record Target(ResourceType type, String namespace, String name, String subresource) {
  public Target withName(String newName) {
    return new Target(type, namespace, newName, subresource);
  }

  public boolean hasSubresource() {
    return !subresource.isEmpty();
  }
}
