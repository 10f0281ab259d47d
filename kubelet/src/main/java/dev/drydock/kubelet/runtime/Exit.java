package dev.drydock.kubelet.runtime;

import java.time.Instant;

/// How a container ended.
///
/// @param message its last words; may be empty
public record Exit(int code, Instant startedAt, Instant finishedAt, String message) {

  /// As in a pod's status.
  public String reason() {
    return code == 0 ? "Completed" : "Error";
  }
}
