package dev.drydock.client.time;

/// Counts nanoseconds since some moment, forwards only: for distances between two moments of one
/// process, which no change of the computer's time may touch.
@FunctionalInterface
public interface Ticker {

  long nanos();

  /// The computer's; goes on while the process is stopped.
  static Ticker system() {
    return System::nanoTime;
  }
}
