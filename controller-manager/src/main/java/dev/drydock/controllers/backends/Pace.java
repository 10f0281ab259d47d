package dev.drydock.controllers.backends;

import dev.drydock.api.meta.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Lets each key run at once after a pause, but then not again for a while: a thousand pods that
/// become ready one by one cost a few rounds, not a thousand.
public final class Pace {
  private final InstantSource clock;
  private final Duration interval;
  private final Map<ObjectKey, Instant> lastRun = new ConcurrentHashMap<>();

  public Pace(InstantSource clock, Duration interval) {
    this.clock = clock;
    this.interval = interval;
  }

  /// How long the key must wait; empty when it may run now, which counts as its run.
  public Optional<Duration> mustWait(ObjectKey key) {
    Instant now = clock.instant();
    Instant last = lastRun.get(key);
    if (last != null) {
      Duration left = interval.minus(Duration.between(last, now));
      if (left.isPositive() && left.compareTo(interval) <= 0) {
        return Optional.of(left);
      }
    }
    lastRun.put(key, now);
    return Optional.empty();
  }

  /// The key is gone for good.
  public void forget(ObjectKey key) {
    lastRun.remove(key);
  }
}
