package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import dev.drydock.client.time.Timers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the whole tree as of one revision.
final class CacheLoader {
  private static final int PAGE = 1000;

  private CacheLoader() {}

  static <D> CacheContent<D> load(
      ObjectStore store,
      Function<Stored, @Nullable D> decoder,
      CacheSettings settings,
      Timers timers) {
    StorePrefix root = settings.root();
    Map<String, SortedChunks<D>> items = new ConcurrentHashMap<>();
    StoredPage page = store.list(root, new Page(PAGE, Optional.empty(), Revision.NONE));
    Revision revision = page.revision();
    add(page, items, decoder);
    while (page.remaining() > 0) {
      page = store.list(root, new Page(PAGE, Optional.of(page.items().getLast().key()), revision));
      add(page, items, decoder);
    }
    CacheContent<D> content = new CacheContent<>(revision.value(), settings, timers);
    items.forEach(content::fill);
    return content;
  }

  private static <D> void add(
      StoredPage page, Map<String, SortedChunks<D>> items, Function<Stored, @Nullable D> decoder) {
    for (Stored stored : page.items()) {
      D decoded = decoder.apply(stored);
      if (decoded != null) {
        String key = stored.key().path();
        items.merge(
            ResourceRoots.rootOf(key),
            SortedChunks.<D>empty().with(key, decoded),
            (known, one) -> known.with(key, decoded));
      }
    }
  }
}
