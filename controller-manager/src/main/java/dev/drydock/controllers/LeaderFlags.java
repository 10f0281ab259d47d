package dev.drydock.controllers;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.leader.LeaderElection;
import java.time.Duration;
import picocli.CommandLine.Option;

/// Flags of leader election; a picocli mixin.
final class LeaderFlags {
  @Option(
      names = "--leader-elect",
      arity = "0..1",
      fallbackValue = "true",
      defaultValue = "true",
      description = "Work only while holding the lease (default: true).")
  boolean elect = true;

  @Option(
      names = "--leader-elect-lease-duration",
      defaultValue = "15s",
      converter = DurationFlag.class,
      description = "How long others wait for a silent leader (default: 15s).")
  Duration leaseDuration = Duration.ofSeconds(15);

  @Option(
      names = "--leader-elect-renew-deadline",
      defaultValue = "10s",
      converter = DurationFlag.class,
      description = "How long the leader tries to renew before it gives up (default: 10s).")
  Duration renewDeadline = Duration.ofSeconds(10);

  @Option(
      names = "--leader-elect-retry-period",
      defaultValue = "2s",
      converter = DurationFlag.class,
      description = "How long to wait between tries (default: 2s).")
  Duration retryPeriod = Duration.ofSeconds(2);

  @Option(
      names = "--leader-elect-resource-namespace",
      defaultValue = "kube-system",
      description = "Namespace of the lease (default: kube-system).")
  String namespace = "kube-system";

  @Option(
      names = "--leader-elect-resource-name",
      defaultValue = "kube-controller-manager",
      description = "Name of the lease (default: kube-controller-manager).")
  String name = "kube-controller-manager";

  LeaderElection.Settings settings(String identity) {
    return new LeaderElection.Settings(
        ObjectKey.of(namespace, name), identity, leaseDuration, renewDeadline, retryPeriod);
  }
}
