package dev.drydock.apiserver.admission.podsecurity;

import java.util.Locale;
import java.util.Optional;

/// How much pods may do, from most to least.
public enum Level {
  PRIVILEGED,
  BASELINE,
  RESTRICTED;

  /// As in labels: `baseline`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Level> of(String text) {
    for (Level level : values()) {
      if (level.text().equals(text)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }
}
