package dev.drydock.apiserver.storage.cache;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.KnownRevision;
import dev.drydock.apiserver.storage.ObjectReader;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/// A store with its whole content in memory. As an [ObjectStore] it passes everything on; as
/// an [ObjectReader] it answers from memory.
///
/// Reads wait, within the settings' patience, until the cache is loaded and as fresh as they
/// ask. When the cache does not get there in time, consistent reads are answered by the store;
/// where the caller named a revision the answer is `FutureRevision`.
public final class CachedObjectStore<D> implements ObjectStore, ObjectReader<D>, Component {
  private final ObjectStore store;
  private final Upstream<D> upstream;
  private final ConsistentReads consistentReads;
  private final KnownRevision known;

  /// @param decoder called once for each write; its result is shared and must never change
  public CachedObjectStore(
      ObjectStore store, Function<Stored, D> decoder, Timers timers, CacheSettings settings) {
    this(store, KnownRevision.NEVER, decoder, timers, settings);
  }

  /// @param known spares consistent reads the question to the store, where it can
  public CachedObjectStore(
      ObjectStore store,
      KnownRevision known,
      Function<Stored, D> decoder,
      Timers timers,
      CacheSettings settings) {
    this.store = store;
    this.known = known;
    this.upstream = new Upstream<>(store, decoder, timers, settings);
    this.consistentReads = new ConsistentReads(store::currentRevision, upstream.gate());
  }

  /// Begins to load; reads wait for it.
  @Override
  public void start() {
    upstream.start();
  }

  /// Whether the content has been loaded.
  public boolean isReady() {
    return upstream.gate().applied() > 0;
  }

  @Override
  public Optional<D> get(StoreKey key, Freshness freshness) {
    if (!await(freshness)) {
      return store.get(key).flatMap(upstream::decoded);
    }
    return upstream.content().typeOf(key.path()).state().items().find(key.path());
  }

  @Override
  public Snapshot<D> list(StorePrefix prefix, Freshness freshness) {
    if (!await(freshness)) {
      StoredPage all = store.list(prefix, Page.ALL);
      return new Snapshot<>(
          all.items().stream().map(upstream::decoded).flatMap(Optional::stream).toList(),
          all.revision());
    }
    // First the revision, then the state: the state is then complete at least up to it.
    long applied = upstream.gate().applied();
    return upstream.content().typeOf(prefix.path()).state().snapshot(prefix.path(), applied);
  }

  @Override
  public Watch watch(StorePrefix prefix, WatchStart start, WatchSink<D> sink) {
    RevisionGate gate = upstream.gate();
    TypeCache<D> none = upstream.nothing(prefix.path());
    Watcher<D> watcher =
        new Watcher<>(sink, gate::applied, new Watcher.Place<>(none, "", none.state().tail(), 0));
    Thread.ofVirtual().name("watch-start").start(() -> begin(prefix, start, watcher));
    return watcher;
  }

  private void begin(StorePrefix prefix, WatchStart start, Watcher<D> watcher) {
    try {
      switch (start) {
        case WatchStart.After after -> {
          await(new Freshness.NotOlderThan(after.revision()));
          TypeCache<D> type = upstream.content().typeOf(prefix.path());
          long revision = after.revision().value();
          watcher.goOnFrom(
              new Watcher.Place<>(
                  type, type.logPrefix(prefix.path()), type.after(revision), revision));
        }
        case WatchStart.State wanted -> {
          if (!await(wanted.freshness())) {
            throw new StorageException.Unavailable(
                "the cache is at revision " + upstream.gate().applied() + ", which is too old");
          }
          long applied = upstream.gate().applied();
          TypeCache<D> type = upstream.content().typeOf(prefix.path());
          TypeCache.State<D> state = type.state();
          if (watcher.tellState(state.snapshot(prefix.path(), applied))) {
            watcher.goOnFrom(
                new Watcher.Place<>(type, type.logPrefix(prefix.path()), state.tail(), 0));
          }
        }
      }
    } catch (StorageException e) {
      watcher.end(e);
    }
  }

  /// @return false when only the store itself is as fresh
  private boolean await(Freshness freshness) {
    return switch (freshness) {
      case Freshness.Consistent now -> {
        Revision enough = known.now();
        boolean reached = enough.isNone() ? consistentReads.await() : consistentReads.await(enough);
        if (!reached) {
          requireLoaded();
        }
        yield reached;
      }
      case Freshness.Any any -> {
        requireLoaded();
        yield true;
      }
      case Freshness.NotOlderThan bound -> {
        if (!upstream.gate().await(Math.max(1, bound.revision().value()))) {
          requireLoaded();
          throw new StorageException.FutureRevision(
              bound.revision(), Revision.of(upstream.gate().applied()));
        }
        yield true;
      }
    };
  }

  private void requireLoaded() {
    if (!upstream.gate().await(1)) {
      throw new StorageException.Unavailable("the cache is not loaded yet");
    }
  }

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
    return store.watch(prefix, after, listener);
  }

  @Override
  public Revision currentRevision() {
    return store.currentRevision();
  }

  /// Ends all watches and closes the store below.
  @Override
  public void close() {
    upstream.close();
    store.close();
  }
}
