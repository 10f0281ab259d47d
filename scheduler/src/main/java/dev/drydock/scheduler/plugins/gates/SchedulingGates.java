package dev.drydock.scheduler.plugins.gates;

import io.fabric8.kubernetes.api.model.Pod;

/// A pod with scheduling gates is not looked at.
public final class SchedulingGates {
  /// Why it waits, as its condition says.
  public static final String MESSAGE = "Scheduling is blocked due to non-empty scheduling gates";

  private SchedulingGates() {}

  public static boolean hold(Pod pod) {
    return !pod.getSpec().getSchedulingGates().isEmpty();
  }
}
