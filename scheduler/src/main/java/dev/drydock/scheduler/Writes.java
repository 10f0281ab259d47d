package dev.drydock.scheduler;

import dev.drydock.client.cause.Causes;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Runs writes beside the scheduling loop, a bounded number at once, each with the causes of the
/// thread that asked for it.
final class Writes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int most;
  private final Semaphore free;

  Writes(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /// Waits for its turn, then returns while the task runs.
  void start(String name, Runnable task) throws InterruptedException {
    Causes.Scope scope = Causes.current();
    free.acquire();
    Thread.ofVirtual()
        .name(name)
        .start(
            () -> {
              try {
                scope.run(task);
              } finally {
                free.release();
              }
            });
  }

  /// Waits a while for the writes on their way.
  @Override
  public void close() {
    try {
      if (free.tryAcquire(most, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        free.release(most);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
