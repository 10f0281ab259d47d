package dev.drydock.api.meta;

/// One served type: how it is addressed and what kind its objects are.
///
/// @param group empty for the core group
/// @param resource plural, lower case, as in a URL: `pods`
public record ResourceType(
    String group, String version, String resource, String kind, Scope scope) {

  /// The `apiVersion` field of objects of this type.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  public GroupVersionKind groupVersionKind() {
    return new GroupVersionKind(group, version, kind);
  }

  public boolean isNamespaced() {
    return scope == Scope.NAMESPACED;
  }

  /// `deployments.apps`, or `pods` in the core group: how Kubernetes names it in messages.
  public String qualifiedResource() {
    return group.isEmpty() ? resource : resource + "." + group;
  }

  @Override
  public String toString() {
    return qualifiedResource();
  }
}
