package dev.drydock.e2e.cluster;

import dev.drydock.client.cache.Informer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The objects of one kind; a test waits for what they become, woken by each change.
public final class Watched<T extends HasMetadata> {
  private final Informer<T> informer;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Starts the informer.
  public Watched(Informer<T> informer) {
    this.informer = informer;
    informer.start();
    informer.addListener(_ -> signal());
  }

  public List<T> now() {
    return informer.lister().list();
  }

  /// Waits until the objects are as wanted.
  ///
  /// @throws AssertionError when they are not in time; with what they are
  public List<T> await(String what, Duration patience, Predicate<List<T>> wanted) {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!(informer.hasSynced() && wanted.test(now()))) {
        if (left <= 0) {
          throw new AssertionError(
              "not in " + patience.toSeconds() + " s: " + what + "; there are " + now());
        }
        left = changed.awaitNanos(left);
      }
      return now();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting: " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
