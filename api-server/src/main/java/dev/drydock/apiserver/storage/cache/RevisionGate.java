package dev.drydock.apiserver.storage.cache;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// Knows up to which revision the cache is complete, and lets threads wait for one.
final class RevisionGate {
  private final Timers timers;
  private final Duration patience;
  private final Duration silence;
  private final Runnable askForProgress;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::revision));

  private volatile long applied;

  /// @param patience how long a wait may last
  /// @param askForProgress what to do when a wait lasts longer than the silence
  RevisionGate(Timers timers, Duration patience, Duration silence, Runnable askForProgress) {
    this.timers = timers;
    this.patience = patience;
    this.silence = silence;
    this.askForProgress = askForProgress;
  }

  private record Waiter(long revision, CompletableFuture<Boolean> reached) {}

  /// 0: nothing is loaded yet.
  long applied() {
    return applied;
  }

  void advance(long revision) {
    List<Waiter> due = new ArrayList<>();
    lock.lock();
    try {
      applied = Math.max(applied, revision);
      while (!waiters.isEmpty() && waiters.element().revision() <= applied) {
        due.add(waiters.remove());
      }
    } finally {
      lock.unlock();
    }
    due.forEach(waiter -> waiter.reached().complete(true));
  }

  /// Waits, not for ever.
  ///
  /// @return whether the revision was reached
  boolean await(long revision) {
    if (applied >= revision) {
      return true;
    }
    Waiter waiter = new Waiter(revision, new CompletableFuture<>());
    lock.lock();
    try {
      if (applied >= revision) {
        return true;
      }
      waiters.add(waiter);
    } finally {
      lock.unlock();
    }
    Timers.Cancellable nudge = timers.after(silence, askForProgress);
    Timers.Cancellable timeout = timers.after(patience, () -> waiter.reached().complete(false));
    boolean reached = waiter.reached().join();
    nudge.cancel();
    timeout.cancel();
    if (!reached) {
      lock.lock();
      try {
        waiters.remove(waiter);
      } finally {
        lock.unlock();
      }
    }
    return reached;
  }
}
