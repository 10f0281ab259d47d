package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import java.time.Duration;
import java.util.Optional;

/// A store whose watches tell nothing.
record DeafStore(ObjectStore store) implements ObjectStore {
  @Override
  public Optional<Stored> get(StoreKey key) {
    return store.get(key);
  }

  @Override
  public StoredPage list(StorePrefix prefix, Page page) {
    return store.list(prefix, page);
  }

  @Override
  public Revision put(StoreKey key, Bytes value, Revision expected, Duration timeToLive) {
    return store.put(key, value, expected, timeToLive);
  }

  @Override
  public Revision delete(StoreKey key, Revision expected) {
    return store.delete(key, expected);
  }

  @Override
  public StoreWatch watch(StorePrefix prefix, Revision after, StoreListener listener) {
    return new StoreWatch() {
      @Override
      public void requestProgress() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Revision currentRevision() {
    return store.currentRevision();
  }

  @Override
  public void close() {
    store.close();
  }
}
