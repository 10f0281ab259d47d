package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.client.time.Timers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Everything that grew from one load of the tree. When the store can no longer tell what
/// happened, the whole content is replaced and its watches end.
final class CacheContent<D> {
  private final long loadedAt;
  private final CacheSettings settings;
  private final Timers timers;
  private final Map<String, TypeCache<D>> types = new ConcurrentHashMap<>();

  CacheContent(long loadedAt, CacheSettings settings, Timers timers) {
    this.timers = timers;
    this.loadedAt = loadedAt;
    this.settings = settings;
  }

  long loadedAt() {
    return loadedAt;
  }

  void fill(String root, SortedChunks<D> items) {
    types.put(
        root, new TypeCache<>(root, TypeCache.State.loaded(items, loadedAt), settings, timers));
  }

  /// The type to which a key or prefix belongs.
  TypeCache<D> typeOf(String path) {
    String root = ResourceRoots.rootOf(path);
    TypeCache<D> known = types.get(root);
    return known != null
        ? known
        : types.computeIfAbsent(
            root,
            missing ->
                new TypeCache<>(
                    missing,
                    TypeCache.State.loaded(SortedChunks.empty(), loadedAt),
                    settings,
                    timers));
  }

  void forEachType(Consumer<TypeCache<D>> action) {
    types.values().forEach(action);
  }

  void end(StorageException cause) {
    forEachType(type -> type.lanes().end(cause));
  }
}
