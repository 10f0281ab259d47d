package dev.drydock.api.meta;

/// The Kubernetes that we emulate: the version of the models that the schema is made from.
public final class EmulatedVersion {
  public static final String MAJOR = "1";
  public static final String MINOR = "36";

  /// As `kubectl version` and `kubectl get nodes` show it.
  public static final String GIT_VERSION = "v" + MAJOR + "." + MINOR + ".0";

  private EmulatedVersion() {}
}
