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
  private @Nullable CompletableFuture<Boolean> next;

  ConsistentReads(Supplier<Revision> probe, RevisionGate gate) {
    this.probe = probe;
    this.gate = gate;
  }

  /// @return whether the cache came so far in time
  /// @throws StorageException.Unavailable when the store does not answer
  boolean await() {
    CompletableFuture<Boolean> batch;
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
      return batch.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StorageException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /// The same where it is known how far the cache must be.
  ///
  /// @return whether the cache came so far in time
  boolean await(Revision enough) {
    return gate.await(enough.value());
  }

  private void run(CompletableFuture<Boolean> batch) {
    try {
      Revision now;
      try {
        now = probe.get();
      } finally {
        startNext();
      }
      batch.complete(await(now));
    } catch (RuntimeException e) {
      batch.completeExceptionally(e);
    }
  }

  private void startNext() {
    CompletableFuture<Boolean> batch;
    lock.lock();
    try {
      batch = next;
      next = null;
      probing = batch != null;
    } finally {
      lock.unlock();
    }
    if (batch != null) {
      CompletableFuture<Boolean> following = batch;
      Thread.ofVirtual().name("revision-probe").start(() -> run(following));
    }
  }
}
