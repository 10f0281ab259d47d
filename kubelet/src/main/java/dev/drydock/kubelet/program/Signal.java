package dev.drydock.kubelet.program;

import java.util.Locale;
import java.util.Optional;

/// Signals that a container may get.
public enum Signal {
  HUP(1),
  INT(2),
  QUIT(3),
  KILL(9),
  USR1(10),
  USR2(12),
  TERM(15);

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /// The exit code of a process that this signal ended.
  public int exitCode() {
    return 128 + number;
  }

  /// @param text `TERM`, `SIGTERM` or `15`
  public static Optional<Signal> of(String text) {
    String name = text.toUpperCase(Locale.ROOT);
    for (Signal signal : values()) {
      if (name.equals(signal.name())
          || name.equals("SIG" + signal.name())
          || name.equals(Integer.toString(signal.number))) {
        return Optional.of(signal);
      }
    }
    return Optional.empty();
  }
}
