package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.ObjectStoreContract;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.memory.InMemoryObjectStore;
import dev.drydock.testkit.time.FakeClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class CachedObjectStoreContractTest implements ObjectStoreContract {
  private final FakeClock clock = new FakeClock();
  private final InMemoryObjectStore memory = new InMemoryObjectStore(clock);
  private final CachedObjectStore<String> cached =
      new CachedObjectStore<>(
          memory, stored -> stored.value().toString(), clock, CacheSettings.defaults());

  @BeforeEach
  void start() {
    cached.start();
  }

  @AfterEach
  void close() {
    cached.close();
  }

  @Override
  public ObjectStore store() {
    return cached;
  }

  @Override
  public StorePrefix folder() {
    return new StorePrefix("/registry/things/");
  }

  @Override
  public void compact() {
    memory.compact(memory.currentRevision());
  }
}
