package dev.drydock.controllers.podgc;

import io.fabric8.kubernetes.api.model.Pod;
import org.jspecify.annotations.Nullable;

/// A pod to remove at once, without grace.
///
/// @param condition why it is disrupted, for a pod that has not ended; null: it needs none
public record PodGcAction(Pod pod, @Nullable Disruption condition) {
  /// What the pod's `DisruptionTarget` condition says.
  public record Disruption(String reason, String message) {}
}
