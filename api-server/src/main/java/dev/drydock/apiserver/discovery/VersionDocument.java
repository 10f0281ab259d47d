package dev.drydock.apiserver.discovery;

import dev.drydock.api.meta.EmulatedVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What `/version` says.
final class VersionDocument {
  /// Clients expect hexadecimal digits; these are the ones that git has for none.
  private static final String NO_COMMIT = "0".repeat(40);

  private VersionDocument() {}

  static JsonNode tree() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("major", EmulatedVersion.MAJOR)
        .put("minor", EmulatedVersion.MINOR)
        .put("emulationMajor", EmulatedVersion.MAJOR)
        .put("emulationMinor", EmulatedVersion.MINOR)
        .put("minCompatibilityMajor", EmulatedVersion.MAJOR)
        .put("minCompatibilityMinor", "35")
        .put("gitVersion", EmulatedVersion.GIT_VERSION)
        .put("gitCommit", NO_COMMIT)
        .put("gitTreeState", "clean")
        .put("buildDate", "2026-01-01T00:00:00Z")
        .put("goVersion", "java" + Runtime.version().feature())
        .put("compiler", "javac")
        .put("platform", "linux/amd64");
  }
}
