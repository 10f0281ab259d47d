package dev.drydock.controllers.nodelifecycle;

import java.time.Duration;

/// Kubernetes' flags, by their names.
///
/// @param monitorPeriod `--node-monitor-period`
/// @param gracePeriod `--node-monitor-grace-period`
/// @param startupGracePeriod `--node-startup-grace-period`
/// @param zones when a zone counts as disrupted, and what that does
public record NodeLifecycleSettings(
    Duration monitorPeriod, Duration gracePeriod, Duration startupGracePeriod, Zones zones) {
  /// How fast nodes are given up.
  ///
  /// @param evictionRate `--node-eviction-rate`, nodes a second
  /// @param secondaryEvictionRate `--secondary-node-eviction-rate`
  /// @param largeCluster `--large-cluster-size-threshold`
  /// @param unhealthyZone `--unhealthy-zone-threshold`
  public record Zones(
      double evictionRate, double secondaryEvictionRate, int largeCluster, double unhealthyZone) {}
}
