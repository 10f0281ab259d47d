package dev.drydock.controllers;

import java.time.Duration;
import picocli.CommandLine.Option;

/// How many objects of a kind are worked on at once; a picocli mixin.
final class SyncFlags {
  @Option(names = "--concurrent-deployment-syncs", defaultValue = "5")
  int deployments = 5;

  @Option(names = "--concurrent-replicaset-syncs", defaultValue = "5")
  int replicaSets = 5;

  @Option(names = "--concurrent-rc-syncs", defaultValue = "5")
  int replicationControllers = 5;

  @Option(names = "--concurrent-endpoint-syncs", defaultValue = "5")
  int endpoints = 5;

  @Option(names = "--concurrent-service-endpoint-syncs", defaultValue = "5")
  int endpointSlices = 5;

  @Option(names = "--concurrent-namespace-syncs", defaultValue = "10")
  int namespaces = 10;

  @Option(names = "--mirroring-concurrent-service-endpoint-syncs", defaultValue = "5")
  int mirrors = 5;

  @Option(names = "--mirroring-max-endpoints-per-subset", defaultValue = "1000")
  int mostMirrored = 1000;

  @Option(names = "--concurrent-resource-quota-syncs", defaultValue = "5")
  int quotas = 5;

  @Option(
      names = "--resource-quota-sync-period",
      defaultValue = "5m",
      converter = DurationFlag.class)
  Duration quotaPeriod = Duration.ofMinutes(5);

  @Option(names = "--concurrent-ttl-after-finished-syncs", defaultValue = "5")
  int finishedJobs = 5;

  @Option(names = "--concurrent-gc-syncs", defaultValue = "20")
  int garbage = 20;

  @Option(names = "--max-endpoints-per-slice", defaultValue = "100")
  int mostEndpoints = 100;

  @Option(
      names = "--endpoint-updates-batch-period",
      defaultValue = "0s",
      converter = DurationFlag.class)
  Duration endpointBatch = Duration.ZERO;

  @Option(
      names = "--endpointslice-updates-batch-period",
      defaultValue = "0s",
      converter = DurationFlag.class)
  Duration sliceBatch = Duration.ZERO;

  @Option(names = "--terminated-pod-gc-threshold", defaultValue = "12500")
  int terminatedPods = 12500;
}
