package dev.drydock.apiserver.storage;

/// All keys below a folder: `/registry/pods/` or `/registry/pods/default/`.
public record StorePrefix(String path) {
  public StorePrefix {
    if (!path.startsWith("/") || !path.endsWith("/")) {
      throw new IllegalArgumentException("a prefix begins and ends with /: " + path);
    }
  }

  public boolean contains(StoreKey key) {
    return key.path().startsWith(path);
  }

  public StoreKey key(String rest) {
    return new StoreKey(path + rest);
  }

  @Override
  public String toString() {
    return path;
  }
}
