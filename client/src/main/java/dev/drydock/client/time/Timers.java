package dev.drydock.client.time;

import java.time.Duration;

/// Waits. Reading the clock is `InstantSource`'s business; a test's fake clock is both.
public interface Timers {

  /// Runs the task once, on a thread of its own, when the (scaled) duration has passed.
  ///
  /// @param delay zero or negative: as soon as possible
  Cancellable after(Duration delay, Runnable task);

  /// How long this duration of Kubernetes lasts by the clock on the wall: what to add to an
  /// instant, or to compare the distance of two instants with.
  default Duration scaled(Duration duration) {
    return duration;
  }

  /// Something that may still be called off.
  interface Cancellable {

    /// Stops the task from starting; does nothing when it has started or ended.
    void cancel();
  }
}
