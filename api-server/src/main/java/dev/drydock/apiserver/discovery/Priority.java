package dev.drydock.apiserver.discovery;

/// Which group, and which version of it, clients are shown first: higher numbers are.
///
/// @param group the largest among a group's versions counts
public record Priority(int group, int version) {
  /// Of what CustomResourceDefinitions define.
  public static final Priority CUSTOM = new Priority(1000, 100);
}
