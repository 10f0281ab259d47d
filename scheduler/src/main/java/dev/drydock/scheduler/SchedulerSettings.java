package dev.drydock.scheduler;

/// What can be chosen.
///
/// @param schedulerName pods that name another scheduler in `spec.schedulerName` are left alone
/// @param parallelWrites how many bindings and status writes may be on their way at once
public record SchedulerSettings(String schedulerName, int parallelWrites) {
  public static final SchedulerSettings DEFAULT = new SchedulerSettings("default-scheduler", 32);
}
