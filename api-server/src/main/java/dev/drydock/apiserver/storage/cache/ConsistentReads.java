package dev.drydock.apiserver.storage.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.Revision;
import dev.drydock.apiserver.storage.StorageException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes the cache as new as the store is at the moment of the call. One probe of the store is
/// in flight at a time; whoever comes meanwhile shares the next one, since a probe that has
/// begun may have looked too early for him.
final class ConsistentReads {
  private final Supplier<Revision> probe;
  private final RevisionGate gate;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private boolean probing;

  @GuardedBy("lock")
  private @Nullable CompletableFuture<Revision> next;

  ConsistentReads(Supplier<Revision> probe, RevisionGate gate) {
    this.probe = probe;
    this.gate = gate;
  }

  /// @throws StorageException.Unavailable when the store does not answer, or the cache lags
  void await() {
    CompletableFuture<Revision> batch;
    boolean lead;
    lock.lock();
    try {
      batch = next == null ? new CompletableFuture<>() : next;
      lead = !probing;
      probing = true;
      next = lead ? null : batch;
    } finally {
      lock.unlock();
    }
    if (lead) {
      run(batch);
    }
    try {
      batch.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /// The same where it is known how far the cache must be.
  ///
  /// @throws StorageException.Unavailable when the cache lags
  void await(Revision enough) {
    if (!gate.await(enough.value())) {
      throw new StorageException.Unavailable(
          "the cache is at revision " + gate.applied() + " and did not reach " + enough);
    }
  }

  private void run(CompletableFuture<Revision> batch) {
    try {
      Revision now;
      try {
        now = probe.get();
      } finally {
        startNext();
      }
      await(now);
      batch.complete(now);
    } catch (RuntimeException e) {
      batch.completeExceptionally(e);
    }
  }

  private void startNext() {
    CompletableFuture<Revision> batch;
    lock.lock();
    try {
      batch = next;
      next = null;
      probing = batch != null;
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      CompletableFuture<Revision> following = batch;
      Thread.ofVirtual().name("revision-probe").start(() -> run(following));
    }
  }
}
