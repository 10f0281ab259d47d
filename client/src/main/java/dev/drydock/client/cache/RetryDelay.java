package dev.drydock.client.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits between watches: 0.8 s, doubled up to 30 s, each lengthened by up to its own length.
///
/// Source: the back-off of client-go's reflector.
final class RetryDelay {
  private static final Duration FIRST = Duration.ofMillis(800);
  private static final Duration MOST = Duration.ofSeconds(30);

  private final RandomGenerator random;
  private Duration next = FIRST;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    Duration base = next;
    next = base.multipliedBy(2).compareTo(MOST) > 0 ? MOST : base.multipliedBy(2);
    return base.plusNanos((long) (base.toNanos() * random.nextDouble()));
  }

  void reset() {
    next = FIRST;
  }
}
