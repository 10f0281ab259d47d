package dev.drydock.controllers;

import dev.drydock.client.lifecycle.CommonFlags.BadFlagException;
import dev.drydock.controllers.nodeipam.PodCidrs;
import dev.drydock.controllers.nodelifecycle.NodeLifecycleSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/// Flags about nodes; a picocli mixin.
final class NodeFlags {
  @Option(
      names = "--allocate-node-cidrs",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Give each node a part of the pod network.")
  boolean allocateCidrs = true;

  @Option(
      names = "--cluster-cidr",
      defaultValue = "10.244.0.0/16",
      description = "The pod network.")
  String clusterCidr = "10.244.0.0/16";

  @Option(
      names = {"--node-cidr-mask-size", "--node-cidr-mask-size-ipv4"},
      defaultValue = "24",
      description = "How large a node's part is (default: 24).")
  int nodeMask = 24;

  @Option(
      names = "--node-monitor-period",
      defaultValue = "5s",
      converter = DurationFlag.class,
      description = "How often nodes are looked at (default: 5s).")
  Duration monitorPeriod = Duration.ofSeconds(5);

  @Option(
      names = "--node-monitor-grace-period",
      defaultValue = "50s",
      converter = DurationFlag.class,
      description = "How long a node may be silent (default: 50s).")
  Duration gracePeriod = Duration.ofSeconds(50);

  @Option(
      names = "--node-startup-grace-period",
      defaultValue = "1m0s",
      converter = DurationFlag.class,
      description = "How long a new node may be silent (default: 1m0s).")
  Duration startupGracePeriod = Duration.ofMinutes(1);

  @Option(names = "--node-eviction-rate", defaultValue = "0.1")
  double evictionRate = 0.1;

  @Option(names = "--secondary-node-eviction-rate", defaultValue = "0.01")
  double secondaryEvictionRate = 0.01;

  @Option(names = "--large-cluster-size-threshold", defaultValue = "50")
  int largeCluster = 50;

  @Option(names = "--unhealthy-zone-threshold", defaultValue = "0.55")
  double unhealthyZone = 0.55;

  NodeLifecycleSettings lifecycle() {
    return new NodeLifecycleSettings(
        monitorPeriod,
        gracePeriod,
        startupGracePeriod,
        new NodeLifecycleSettings.Zones(
            evictionRate, secondaryEvictionRate, largeCluster, unhealthyZone));
  }

  PodCidrs podCidrs() {
    try {
      return PodCidrs.of(clusterCidr, nodeMask);
    } catch (IllegalArgumentException e) {
      throw new BadFlagException("--cluster-cidr: " + e.getMessage());
    }
  }
}
