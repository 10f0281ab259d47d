package dev.drydock.client.time;

import java.time.Duration;

/// By what all of Kubernetes' durations are divided. Time stamps stay those of the wall clock.
///
/// @param factor greater than zero; 1: real time
public record TimeScale(double factor) {
  public static final TimeScale REAL = new TimeScale(1);

  public TimeScale {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("the time scale must be greater than 0: " + factor);
    }
  }

  public Duration scaled(Duration duration) {
    return factor == 1 ? duration : Duration.ofNanos((long) (duration.toNanos() / factor));
  }
}
