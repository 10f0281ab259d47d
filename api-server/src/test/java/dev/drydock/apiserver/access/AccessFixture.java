package dev.drydock.apiserver.access;

import dev.drydock.api.codec.TreeCodec;
import dev.drydock.api.codec.YamlCodec;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.request.StoredObject;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectReader.Freshness;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.cache.CacheSettings;
import dev.drydock.apiserver.storage.cache.CachedObjectStore;
import dev.drydock.apiserver.storage.memory.InMemoryObjectStore;
import dev.drydock.testkit.time.FakeClock;
import java.time.Duration;
import tools.jackson.databind.node.ObjectNode;

/// A cache over a store in memory, filled with objects written as YAML.
public final class AccessFixture implements AutoCloseable {
  public final FakeClock clock = new FakeClock();
  private final InMemoryObjectStore store = new InMemoryObjectStore(clock, Runnable::run);
  public final CachedObjectStore<StoredObject> cache =
      new CachedObjectStore<>(store, Parsed::new, clock, CacheSettings.defaults());

  public AccessFixture() {
    cache.start();
    cache.list(new StorePrefix("/registry/"), new Freshness.Any());
  }

  private record Parsed(Stored stored) implements StoredObject {
    @Override
    public Bytes json() {
      return stored.value();
    }

    @Override
    public ObjectNode tree() {
      return TreeCodec.read(stored.value().array());
    }

    @Override
    public Revision revision() {
      return stored.revision();
    }

    @Override
    public String namespace() {
      return tree().path("metadata").path("namespace").asString("");
    }

    @Override
    public String name() {
      return tree().path("metadata").path("name").asString("");
    }
  }

  /// Writes an object below `/registry/RESOURCE/`.
  public void put(String resource, String yaml) {
    put(resource, YamlCodec.decode(yaml).tree());
  }

  public void put(String resource, ObjectNode object) {
    StoreKey key = key(resource, object);
    Revision expected = store.get(key).map(Stored::revision).orElse(Revision.NONE);
    store.put(key, Bytes.wrap(TreeCodec.write(object)), expected, Duration.ZERO);
  }

  public void delete(String resource, String namespaceAndName) {
    StoreKey key = new StoreKey("/registry/" + resource + "/" + namespaceAndName);
    store.delete(key, store.get(key).orElseThrow().revision());
  }

  private static StoreKey key(String resource, ObjectNode object) {
    String namespace = object.path("metadata").path("namespace").asString("");
    String name = object.path("metadata").path("name").asString("");
    return new StoreKey(
        "/registry/" + resource + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name);
  }

  @Override
  public void close() {
    cache.close();
  }
}
