package dev.drydock.kubelet.runtime;

/// Identity of one run of a container.
///
/// @param hex 64 digits
public record ContainerId(String hex) {
  private static final String SCHEME = "drydock://";

  /// As it stands in a pod's status.
  @Override
  public String toString() {
    return SCHEME + hex;
  }
}
