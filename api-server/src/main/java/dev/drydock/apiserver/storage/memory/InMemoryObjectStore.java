package dev.drydock.apiserver.storage.memory;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.Bytes;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.Page;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreKey;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import dev.drydock.apiserver.storage.StorePrefix;
import dev.drydock.apiserver.storage.Stored;
import dev.drydock.apiserver.storage.StoredPage;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps everything in memory, with its history until it is compacted. Listeners are called by
/// the executor, each in order.
public final class InMemoryObjectStore implements ObjectStore {
  private final Timers timers;
  private final Executor executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<InMemoryWatch> watches = new CopyOnWriteArrayList<>();

  @GuardedBy("lock")
  private final List<StoreChange> history = new ArrayList<>();

  @GuardedBy("lock")
  private final NavigableMap<StoreKey, Stored> current = new TreeMap<>();

  /// The state as of the compacted revision, from which the history leads on.
  @GuardedBy("lock")
  private final NavigableMap<StoreKey, Stored> compactedState = new TreeMap<>();

  @GuardedBy("lock")
  private long compacted;

  @GuardedBy("lock")
  private long revision = 1;

  /// A store whose listeners run on virtual threads.
  public InMemoryObjectStore(Timers timers) {
    this(timers, task -> Thread.ofVirtual().name("in-memory-store").start(task));
  }

  /// @param executor runs the listeners; one that runs tasks at once makes writes wait for them
  public InMemoryObjectStore(Timers timers, Executor executor) {
    this.timers = timers;
    this.executor = executor;
  }

  @Override
  public Optional<Stored> get(StoreKey key) {
    lock.lock();
    try {
      return Optional.ofNullable(current.get(key));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StoredPage list(StorePrefix prefix, Page page) {
    lock.lock();
    try {
      long at = page.at().isNone() ? revision : page.at().value();
      List<Stored> all = new ArrayList<>();
      for (Stored item : stateAt(at).tailMap(new StoreKey(prefix.path() + "\0")).values()) {
        if (!prefix.contains(item.key())) {
          break;
        }
        if (page.after().isEmpty() || item.key().compareTo(page.after().get()) > 0) {
          all.add(item);
        }
      }
      int count = page.limit() == 0 ? all.size() : Math.min(page.limit(), all.size());
      return new StoredPage(all.subList(0, count), Revision.of(at), all.size() - count);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private NavigableMap<StoreKey, Stored> stateAt(long at) {
    if (at > revision) {
      throw new StorageException.FutureRevision(Revision.of(at), Revision.of(revision));
    }
    if (at < compacted) {
      throw new StorageException.Compacted(Revision.of(at), Revision.of(compacted));
    }
    if (at == revision) {
      return current;
    }
    NavigableMap<StoreKey, Stored> state = new TreeMap<>(compactedState);
    for (StoreChange change : history) {
      if (change.revision().value() > at) {
        break;
      }
      apply(state, change);
    }
    return state;
  }

  private static void apply(NavigableMap<StoreKey, Stored> state, StoreChange change) {
    switch (change) {
      case StoreChange.Put put -> state.put(put.now().key(), put.now());
      case StoreChange.Delete delete -> state.remove(delete.key());
    }
  }

  @Override
  public Revision put(StoreKey key, Bytes value, Revision expected, Duration timeToLive) {
    Stored now;
    lock.lock();
    try {
      Stored before = current.get(key);
      requireState(key, before, expected);
      now = new Stored(key, value, Revision.of(revision + 1));
      record(new StoreChange.Put(now));
    } finally {
      lock.unlock();
    }
    tellWatches();
    if (timeToLive.isPositive()) {
      timers.after(timeToLive, () -> expire(now));
    }
    return now.revision();
  }

  private void expire(Stored written) {
    try {
      delete(written.key(), written.revision());
    } catch (StorageException.Conflict e) {
      // Written again or gone already: the write that this timer belongs to has no effect left.
    }
  }

  @Override
  public Revision delete(StoreKey key, Revision expected) {
    Revision deleted;
    lock.lock();
    try {
      Stored before = current.get(key);
      requireState(key, before, expected);
      if (before == null) {
        throw new StorageException.Conflict(key, expected);
      }
      deleted = Revision.of(revision + 1);
      record(new StoreChange.Delete(key, deleted));
    } finally {
      lock.unlock();
    }
    tellWatches();
    return deleted;
  }

  private static void requireState(
      StoreKey key, @org.jspecify.annotations.Nullable Stored before, Revision expected) {
    Revision actual = before == null ? Revision.NONE : before.revision();
    if (!actual.equals(expected)) {
      throw new StorageException.Conflict(key, expected);
    }
  }

  @GuardedBy("lock")
  private void record(StoreChange change) {
    revision++;
    history.add(change);
    apply(current, change);
  }

  /// Forgets the history up to this revision; the state at it is still known.
  public void compact(Revision upTo) {
    lock.lock();
    try {
      while (!history.isEmpty() && history.getFirst().revision().value() <= upTo.value()) {
        apply(compactedState, history.removeFirst());
      }
      compacted = Math.max(compacted, Math.min(upTo.value(), revision));
    } finally {
      lock.unlock();
    }
  }

  /// Ends every watch as if the store had compacted what they wait for.
  public void breakWatches() {
    Revision now = currentRevision();
    for (InMemoryWatch watch : watches) {
      watch.fail(new StorageException.Compacted(now, now));
    }
  }

  @Override
  public StoreWatch watch(StorePrefix prefix, Revision after, StoreListener listener) {
    InMemoryWatch watch = new InMemoryWatch(this, prefix, after.value(), listener, executor);
    watches.add(watch);
    watch.wake();
    return watch;
  }

  void forget(InMemoryWatch watch) {
    watches.remove(watch);
  }

  private void tellWatches() {
    for (InMemoryWatch watch : watches) {
      watch.wake();
    }
  }

  /// What happened after a revision.
  ///
  /// @throws StorageException.Compacted when that is not all known any more
  Since changesAfter(long after) {
    lock.lock();
    try {
      if (after < compacted) {
        throw new StorageException.Compacted(Revision.of(after), Revision.of(compacted));
      }
      int from = history.size();
      while (from > 0 && history.get(from - 1).revision().value() > after) {
        from--;
      }
      return new Since(List.copyOf(history.subList(from, history.size())), revision);
    } finally {
      lock.unlock();
    }
  }

  record Since(List<StoreChange> changes, long revision) {}

  @Override
  public Revision currentRevision() {
    lock.lock();
    try {
      return Revision.of(revision);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    for (InMemoryWatch watch : watches) {
      watch.close();
    }
  }
}
