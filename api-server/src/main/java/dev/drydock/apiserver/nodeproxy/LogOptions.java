package dev.drydock.apiserver.nodeproxy;

import org.jspecify.annotations.Nullable;

/// Which part of which log.
///
/// @param container empty: the pod's only one
public record LogOptions(
    String container, Ending ending, Instance instance, Timestamps timestamps, Window window) {

  /// Where the stream ends.
  public enum Ending {
    AT_PRESENT,
    FOLLOW
  }

  /// Which run of the container.
  public enum Instance {
    CURRENT,
    PREVIOUS
  }

  /// Whether each line begins with its time.
  public enum Timestamps {
    SHOWN,
    NOT_SHOWN
  }

  /// What to leave out; null and empty: nothing.
  ///
  /// @param sinceTime RFC 3339
  public record Window(
      @Nullable Long tailLines,
      @Nullable Long limitBytes,
      @Nullable Long sinceSeconds,
      String sinceTime) {}
}
