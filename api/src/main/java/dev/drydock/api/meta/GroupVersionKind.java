package dev.drydock.api.meta;

/// A kind in one version of one API group.
///
/// @param group empty for the core group
public record GroupVersionKind(String group, String version, String kind) {

  /// @param apiVersion `v1` or `GROUP/VERSION`
  public static GroupVersionKind of(String apiVersion, String kind) {
    int slash = apiVersion.indexOf('/');
    return slash < 0
        ? new GroupVersionKind("", apiVersion, kind)
        : new GroupVersionKind(
            apiVersion.substring(0, slash), apiVersion.substring(slash + 1), kind);
  }

  /// The `apiVersion` field of such an object.
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  @Override
  public String toString() {
    return apiVersion() + ", Kind=" + kind;
  }
}
