package dev.drydock.apiserver.rest;

import java.util.Set;
import java.util.function.Supplier;

/// One thing that must be well.
///
/// @param name as in `/readyz/NAME`
/// @param parts of which of the three answers it is a part
/// @param isWell asked anew each time; must not block long
public record HealthCheck(String name, Set<Part> parts, Supplier<Boolean> isWell) {
  public HealthCheck {
    parts = Set.copyOf(parts);
  }

  /// The three questions.
  public enum Part {
    HEALTHZ("/healthz"),
    LIVEZ("/livez"),
    READYZ("/readyz");

    private final String path;

    Part(String path) {
      this.path = path;
    }

    String path() {
      return path;
    }
  }
}
