package dev.drydock.client.event;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/// How fast a process may write events, so that telling does not slow the doing: a hundred at once,
/// then fifty a second.
///
/// Source: `--event-qps` and `--event-burst` of the kubelet, which are also the client limits of
/// the scheduler.
final class EventPace {
  private static final int BURST = 100;
  private static final Duration REFILL = Duration.ofMillis(20);

  private final Timers timers;
  private final Object lock = new Object();

  @GuardedBy("lock")
  private int tokens = BURST;

  @GuardedBy("lock")
  private boolean refilling;

  EventPace(Timers timers) {
    this.timers = timers;
  }

  /// Waits until one more event may be written.
  void await() throws InterruptedException {
    while (true) {
      CountDownLatch later = new CountDownLatch(1);
      synchronized (lock) {
        if (tokens > 0) {
          tokens--;
          startRefilling();
          return;
        }
      }
      timers.after(REFILL, later::countDown);
      later.await();
    }
  }

  /// One timer while tokens are missing; none while the bucket is full.
  @GuardedBy("lock")
  private void startRefilling() {
    if (!refilling) {
      refilling = true;
      timers.after(REFILL, this::refill);
    }
  }

  private void refill() {
    synchronized (lock) {
      refilling = false;
      tokens++;
      if (tokens < BURST) {
        startRefilling();
      }
    }
  }
}
