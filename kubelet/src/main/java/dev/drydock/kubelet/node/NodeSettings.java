package dev.drydock.kubelet.node;

import dev.drydock.api.quantity.Quantity;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a node is.
///
/// @param address its only one
/// @param labels beside those that every node has
/// @param taints at registration
/// @param capacity `cpu`, `memory`, `pods`, `ephemeral-storage`
/// @param port of the kubelet's server
public record NodeSettings(
    String name,
    String address,
    Map<String, String> labels,
    List<Taint> taints,
    Map<String, Quantity> capacity,
    int port,
    Rhythm rhythm) {

  /// How often the node is heard of.
  ///
  /// @param check how often the status is looked at
  /// @param report how often it is written when nothing changed
  /// @param lease how often the lease is renewed
  /// @param leaseDuration how long it holds
  public record Rhythm(Duration check, Duration report, Duration lease, Duration leaseDuration) {
    /// Kubernetes' own.
    public static final Rhythm STANDARD =
        new Rhythm(
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(40));
  }

  public NodeSettings {
    labels = Map.copyOf(labels);
    taints = List.copyOf(taints);
    capacity = Map.copyOf(capacity);
  }
}
