package dev.drydock.apiserver;

/// The Kubernetes that is emulated.
final class Versions {
  static final String MAJOR = "1";
  static final String MINOR = "36";
  static final String GIT_VERSION = "v1.36.0";

  private Versions() {}

  /// The document at `/version`.
  static String document() {
    return """
    {"major":"%s","minor":"%s","emulationMajor":"%s","emulationMinor":"%s",\
    "minCompatibilityMajor":"1","minCompatibilityMinor":"35","gitVersion":"%s",\
    "gitCommit":"","gitTreeState":"clean","buildDate":"1970-01-01T00:00:00Z",\
    "goVersion":"drydock","compiler":"javac","platform":"linux/amd64"}\
    """
        .formatted(MAJOR, MINOR, MAJOR, MINOR, GIT_VERSION);
  }
}
