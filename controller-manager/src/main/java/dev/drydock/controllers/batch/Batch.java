package dev.drydock.controllers.batch;

import dev.drydock.client.cause.Causes;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Many blocking calls at once, on virtual threads, with the causes of the caller.
public final class Batch {
  /// So many calls are under way at most.
  public static final int AT_ONCE = 64;

  private final Causes.Scope scope = Causes.current();
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Semaphore permits = new Semaphore(AT_ONCE);

  private Batch() {}

  /// Calls the task for every item and waits for all of them, whether they fail or not.
  ///
  /// @return the first failure
  public static <T> Optional<RuntimeException> all(Collection<T> items, Consumer<T> task)
      throws InterruptedException {
    var batch = new Batch();
    batch.wave(items.iterator(), items.size(), task);
    return Optional.ofNullable(batch.failure.get());
  }

  /// Runs the task so many times, first once, then in waves of twice the size while all goes well:
  /// what fails for every call fails early.
  ///
  /// @return the first failure; nothing is started after its wave
  public static Optional<RuntimeException> slowStart(int times, Runnable task)
      throws InterruptedException {
    var batch = new Batch();
    int left = times;
    int size = 1;
    while (left > 0 && batch.failure.get() == null) {
      int wave = size >= AT_ONCE ? left : Math.min(size, left);
      batch.wave(Collections.nCopies(wave, task).iterator(), wave, Runnable::run);
      left -= wave;
      size *= 2;
    }
    return Optional.ofNullable(batch.failure.get());
  }

  private <T> void wave(Iterator<T> items, int count, Consumer<T> task)
      throws InterruptedException {
    var ended = new CountDownLatch(count);
    while (items.hasNext()) {
      T item = items.next();
      permits.acquire();
      Thread.ofVirtual()
          .name("batch")
          .start(
              () -> {
                try {
                  scope.run(() -> task.accept(item));
                } catch (RuntimeException e) {
                  failure.compareAndSet(null, e);
                } finally {
                  permits.release();
                  ended.countDown();
                }
              });
    }
    ended.await();
  }
}
