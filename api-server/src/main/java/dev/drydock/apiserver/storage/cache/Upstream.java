package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the content equal to the store: loads it, follows the store's watch, and loads again
/// when the watch can't go on. One watch over the whole tree, so that changes of all types
/// arrive in order of revision and "complete up to" is one number.
final class Upstream<D> implements Component {
  private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ObjectStore store;
  private final Function<Stored, D> decoder;
  private final Timers timers;
  private final CacheSettings settings;
  private final RevisionGate gate;
  private final AtomicReference<ObjectStore.@Nullable StoreWatch> watch = new AtomicReference<>();
  private volatile CacheContent<D> content;
  private volatile boolean closed;

  Upstream(ObjectStore store, Function<Stored, D> decoder, Timers timers, CacheSettings settings) {
    this.store = store;
    this.decoder = decoder;
    this.timers = timers;
    this.settings = settings;
    this.content = new CacheContent<>(0, settings, timers);
    this.gate =
        new RevisionGate(timers, settings.patience(), settings.silence(), this::askForProgress);
  }

  RevisionGate gate() {
    return gate;
  }

  CacheContent<D> content() {
    return content;
  }

  /// A type that has nothing.
  TypeCache<D> nothing(String root) {
    return new TypeCache<>(root, TypeCache.State.loaded(SortedChunks.empty(), 0), settings, timers);
  }

  @Override
  public void start() {
    Thread.ofVirtual().name("cache-load").start(this::load);
    timers.after(settings.progressEvery(), this::tellProgress);
  }

  private void load() {
    if (closed) {
      return;
    }
    try {
      CacheContent<D> fresh = CacheLoader.load(store, this::decode, settings, timers);
      CacheContent<D> old = content;
      content = fresh;
      gate.advance(fresh.loadedAt());
      Revision at = Revision.of(fresh.loadedAt());
      old.end(new StorageException.Compacted(Revision.of(old.loadedAt()), at));
      ObjectStore.StoreWatch opened = store.watch(settings.root(), at, new Applier(fresh));
      watch.set(opened);
      if (closed) {
        opened.close();
      }
    } catch (StorageException e) {
      LOG.warn("Could not load the cache, will try again: {}", e.getMessage());
      timers.after(RETRY, this::load);
    }
  }

  /// Nothing when it can't be read.
  Optional<D> decoded(Stored stored) {
    return Optional.ofNullable(decode(stored));
  }

  private @Nullable D decode(Stored stored) {
    try {
      return decoder.apply(stored);
    } catch (RuntimeException e) {
      LOG.error("{} at revision {} can't be read", stored.key(), stored.revision(), e);
      return null;
    }
  }

  private void askForProgress() {
    ObjectStore.StoreWatch open = watch.get();
    if (open != null) {
      open.requestProgress();
    }
  }

  private void tellProgress() {
    if (!closed) {
      content.forEachType(type -> type.lanes().tellProgress());
      timers.after(settings.progressEvery(), this::tellProgress);
    }
  }

  @Override
  public void close() {
    closed = true;
    ObjectStore.StoreWatch open = watch.getAndSet(null);
    if (open != null) {
      open.close();
    }
    content.end(new StorageException.Unavailable("the cache is closed"));
  }

  /// Applies the store's changes to one content; the store calls it on one thread at a time.
  private final class Applier implements StoreListener {
    private final CacheContent<D> target;

    Applier(CacheContent<D> target) {
      this.target = target;
    }

    @Override
    public void changed(List<StoreChange> changes) {
      if (changes.size() == 1) {
        apply(changes.getFirst().key().path(), changes);
      } else {
        Map<String, List<StoreChange>> byType = new LinkedHashMap<>();
        for (StoreChange change : changes) {
          byType
              .computeIfAbsent(ResourceRoots.rootOf(change.key().path()), root -> new ArrayList<>())
              .add(change);
        }
        byType.forEach(this::apply);
      }
      gate.advance(changes.getLast().revision().value());
    }

    private void apply(String path, List<StoreChange> changes) {
      target.typeOf(path).apply(changes, Upstream.this::decode);
    }

    @Override
    public void progress(Revision revision) {
      gate.advance(revision.value());
    }

    @Override
    public void failed(StorageException cause) {
      if (!closed) {
        LOG.warn("The store's watch has ended, the cache loads again: {}", cause.getMessage());
        Thread.ofVirtual().name("cache-load").start(Upstream.this::load);
      }
    }
  }
}
