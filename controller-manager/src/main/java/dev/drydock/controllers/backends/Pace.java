package dev.drydock.controllers.backends;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.controllers.moment.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Lets each key run at once after a pause, but then not again for a while: a thousand pods that
/// become ready one by one cost a few rounds, not a thousand.
public final class Pace {
  private final Supplier<Moment> time;
  private final Duration interval;
  private final Map<ObjectKey, Instant> lastRun = new ConcurrentHashMap<>();

  public Pace(Supplier<Moment> time, Duration interval) {
    this.time = time;
    this.interval = interval;
  }

  /// How long the key must wait; empty when it may run now, which counts as its run.
  public Optional<Duration> mustWait(ObjectKey key) {
    Moment at = time.get();
    Instant last = lastRun.get(key);
    if (last != null) {
      Duration left = at.left(last, interval);
      if (left.isPositive() && left.compareTo(interval) <= 0) {
        return Optional.of(left);
      }
    }
    lastRun.put(key, at.now());
    return Optional.empty();
  }

  /// The key is gone for good.
  public void forget(ObjectKey key) {
    lastRun.remove(key);
  }
}
