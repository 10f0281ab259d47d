package dev.drydock.client.time;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Waits by the computer's clock, divided by the time scale: one thread watches the clock, each
/// task runs on a virtual thread of its own.
public final class SystemTimers implements Timers, AutoCloseable {
  private final TimeScale scale;
  private final ScheduledThreadPoolExecutor executor;

  public SystemTimers(TimeScale scale) {
    this.scale = scale;
    this.executor =
        new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().name("timers").daemon().factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    if (executor.isShutdown()) {
      return () -> {};
    }
    ScheduledFuture<?> future =
        executor.schedule(
            () -> {
              Thread.ofVirtual().name("timer-task").start(task);
            },
            scaled(delay).toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  @Override
  public Duration scaled(Duration duration) {
    return scale.scaled(duration);
  }

  /// Forgets all tasks.
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
