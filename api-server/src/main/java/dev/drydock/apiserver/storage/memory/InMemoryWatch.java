package dev.drydock.apiserver.storage.memory;

import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.ObjectStore;
import dev.drydock.apiserver.storage.StorageException;
import dev.drydock.apiserver.storage.StoreListener;
import dev.drydock.apiserver.storage.StoreListener.StoreChange;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// One watch of an [InMemoryObjectStore]: woken, it tells what it has not told yet. Only one
/// thread at a time is in [#run].
final class InMemoryWatch implements ObjectStore.StoreWatch {
  private final InMemoryObjectStore store;
  private final StorePrefix prefix;
  private final StoreListener listener;
  private final Executor executor;
  private final AtomicInteger wakes = new AtomicInteger();
  private final AtomicReference<@Nullable StorageException> failure = new AtomicReference<>();
  private volatile boolean closed;
  private volatile boolean progressWanted;
  private volatile long told;

  InMemoryWatch(
      InMemoryObjectStore store,
      StorePrefix prefix,
      long after,
      StoreListener listener,
      Executor executor) {
    this.store = store;
    this.prefix = prefix;
    this.told = after;
    this.listener = listener;
    this.executor = executor;
  }

  void wake() {
    if (wakes.getAndIncrement() == 0) {
      executor.execute(this::run);
    }
  }

  void fail(StorageException cause) {
    failure.set(cause);
    wake();
  }

  private void run() {
    int seen = wakes.get();
    do {
      if (!closed) {
        tell();
      }
      seen = wakes.addAndGet(-seen);
    } while (seen > 0);
  }

  private void tell() {
    try {
      StorageException cause = failure.get();
      if (cause != null) {
        throw cause;
      }
      boolean progress = progressWanted;
      progressWanted = false;
      InMemoryObjectStore.Since since = store.changesAfter(told);
      List<StoreChange> mine = since.changes().stream().filter(this::concerns).toList();
      told = Math.max(told, since.revision());
      if (!mine.isEmpty()) {
        listener.changed(mine);
      }
      if (progress) {
        listener.progress(Revision.of(since.revision()));
      }
    } catch (StorageException e) {
      close();
      listener.failed(e);
    }
  }

  private boolean concerns(StoreChange change) {
    return prefix.contains(change.key());
  }

  @Override
  public void requestProgress() {
    progressWanted = true;
    wake();
  }

  @Override
  public void close() {
    closed = true;
    store.forget(this);
  }
}
