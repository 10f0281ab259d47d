package dev.drydock.controllers.moment;

import java.time.Duration;
import java.time.Instant;

/// Now, in a lab whose durations may be shortened by a factor while its timestamps stay wall time.
///
/// @param now by the clock on the wall
/// @param speed how many seconds of Kubernetes pass in a second on the wall
public record Moment(Instant now, double speed) {
  /// A moment of a lab that runs at the real pace.
  public static Moment of(Instant now) {
    return new Moment(now, 1);
  }

  /// How much of Kubernetes' time has passed since then: what to compare its durations with.
  public Duration since(Instant then) {
    Duration wall = Duration.between(then, now);
    return speed == 1 ? wall : Duration.ofNanos((long) (wall.toNanos() * speed));
  }

  /// How much of a duration that began then is left; zero or negative when it is over.
  public Duration left(Instant then, Duration duration) {
    return duration.minus(since(then));
  }
}
