package dev.drydock.apiserver.admission;

import java.time.Duration;
import java.time.Instant;

/// Fills by and by, up to its size; everybody who passes takes one out.
final class TokenBucket {
  private final double perSecond;
  private final double size;
  private double content;
  private Instant filled;

  TokenBucket(int perSecond, int size, Instant now) {
    this.perSecond = perSecond;
    this.size = size;
    this.content = size;
    this.filled = now;
  }

  /// Whether one could be taken.
  synchronized boolean take(Instant now) {
    Duration passed = Duration.between(filled, now);
    if (passed.isPositive()) {
      content = Math.min(size, content + perSecond * passed.toNanos() / 1e9);
      filled = now;
    }
    if (content < 1) {
      return false;
    }
    content--;
    return true;
  }
}
