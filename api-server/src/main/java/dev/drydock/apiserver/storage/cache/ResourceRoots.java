package dev.drydock.apiserver.storage.cache;

/// Finds the folder of a resource type in Kubernetes' key layout.
final class ResourceRoots {
  private ResourceRoots() {}

  /// `/registry/pods/` of `/registry/pods/default/web`. Two folders, or three where the second
  /// is a group (it has a dot: `/registry/example.com/widgets/`) or `services` (`specs`,
  /// `endpoints`).
  static String rootOf(String path) {
    int second = path.indexOf('/', 1) + 1;
    int end = second == 0 ? -1 : path.indexOf('/', second);
    if (end < 0) {
      return path.substring(0, Math.max(1, second));
    }
    boolean nested =
        path.startsWith("services/", second) || path.substring(second, end).indexOf('.') >= 0;
    if (nested) {
      int third = path.indexOf('/', end + 1);
      return third < 0 ? path.substring(0, end + 1) : path.substring(0, third + 1);
    }
    return path.substring(0, end + 1);
  }
}
