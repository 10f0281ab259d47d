package dev.drydock.client.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Waits between watches: 0.8 s, doubled up to 30 s, each lengthened by up to its own length.
/// While nobody answers, or the server does not know us yet, it is 0.2 s, growing to 2 s: then
/// the whole cluster is just starting.
///
/// Source: the back-off of client-go's reflector.
final class RetryDelay {
  private static final Duration FIRST = Duration.ofMillis(800);
  private static final Duration MOST = Duration.ofSeconds(30);

  private static final Duration FIRST_KNOCK = Duration.ofMillis(200);
  private static final Duration LAST_KNOCK = Duration.ofSeconds(2);

  private final RandomGenerator random;
  private Duration next = FIRST;
  private Duration nextKnock = FIRST_KNOCK;

  RetryDelay(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    Duration base = next;
    next = base.multipliedBy(2).compareTo(MOST) > 0 ? MOST : base.multipliedBy(2);
    return base.plusNanos((long) (base.toNanos() * random.nextDouble()));
  }

  /// When the server could not be reached, or turned us away.
  Duration nextKnock() {
    Duration base = nextKnock;
    Duration longer = base.multipliedBy(11).dividedBy(10);
    nextKnock = longer.compareTo(LAST_KNOCK) > 0 ? LAST_KNOCK : longer;
    return base.plusNanos((long) (base.toNanos() * 0.2 * random.nextDouble()));
  }

  void reset() {
    next = FIRST;
    nextKnock = FIRST_KNOCK;
  }
}
