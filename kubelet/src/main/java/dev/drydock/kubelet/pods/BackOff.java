package dev.drydock.kubelet.pods;

import java.time.Duration;
import java.time.Instant;

/// Growing delays between attempts: 10 s, doubled each time up to 5 minutes, forgotten after ten
/// quiet minutes.
///
/// @param delay until the next attempt; zero: no attempt has failed yet
/// @param since when the delay was set
record BackOff(Duration delay, Instant since) {
  static final BackOff NONE = new BackOff(Duration.ZERO, Instant.EPOCH);
  static final Duration FIRST = Duration.ofSeconds(10);
  static final Duration MOST = Duration.ofMinutes(5);

  /// What to wait after an attempt that failed at this time.
  Duration after(Instant failedAt) {
    return isOver(failedAt) ? Duration.ZERO : delay;
  }

  /// An attempt begins after one that failed at this time.
  BackOff next(Instant failedAt) {
    if (isOver(failedAt)) {
      return new BackOff(FIRST, failedAt);
    }
    Duration doubled = delay.multipliedBy(2);
    return new BackOff(doubled.compareTo(MOST) > 0 ? MOST : doubled, failedAt);
  }

  private boolean isOver(Instant failedAt) {
    return delay.isZero() || Duration.between(since, failedAt).compareTo(MOST.multipliedBy(2)) > 0;
  }
}
