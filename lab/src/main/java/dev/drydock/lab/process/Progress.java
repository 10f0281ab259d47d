package dev.drydock.lab.process;

import java.time.Duration;

/// Hears how the start of a lab goes.
public interface Progress {

  /// @param what a component or a step
  /// @param where its address, or empty
  /// @param state one or two words: `made`, `ready`
  /// @param since how long after the beginning
  void step(String what, String where, String state, Duration since);
}
