package dev.drydock.apiserver.storage;

/// Full key of one object: `/registry/pods/default/web`.
public record StoreKey(String path) implements Comparable<StoreKey> {
  public StoreKey {
    if (!path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException("a key begins with / and does not end with it: " + path);
    }
  }

  @Override
  public int compareTo(StoreKey other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return path;
  }
}
