package dev.drydock.apiserver.storage.cache;

import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.client.time.Timers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Everything that grew from one load of the tree. When the store can no longer tell what
/// happened, the whole content is replaced and its watches end.
final class CacheContent<D> {
  private final long loadedAt;
  private final CacheSettings settings;
  private final Timers timers;
  private final Map<String, TypeCache<D>> types = new ConcurrentHashMap<>();
  private volatile @Nullable StorageException ended;

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
    return known != null ? known : added(root);
  }

  private TypeCache<D> added(String root) {
    TypeCache<D> type = types.computeIfAbsent(root, this::empty);
    // Asked once the type is in the map: whoever ends the content from now on finds it there.
    StorageException cause = ended;
    if (cause != null) {
      type.lanes().end(cause);
    }
    return type;
  }

  private TypeCache<D> empty(String root) {
    return new TypeCache<>(
        root, TypeCache.State.loaded(SortedChunks.empty(), loadedAt), settings, timers);
  }

  void forEachType(Consumer<TypeCache<D>> action) {
    types.values().forEach(action);
  }

  /// Ends all watches, also those of types that are first asked for later.
  void end(StorageException cause) {
    ended = cause;
    forEachType(type -> type.lanes().end(cause));
  }
}
