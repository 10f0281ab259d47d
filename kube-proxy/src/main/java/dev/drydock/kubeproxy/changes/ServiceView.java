package dev.drydock.kubeproxy.changes;

import dev.drydock.api.meta.ObjectKey;
import java.util.List;

/// A Service and its endpoints as far as they matter for routing; IPv4 only.
///
/// @param clusterIp never empty: Services without an address are no views
public record ServiceView(
    ObjectKey key, String clusterIp, Traffic traffic, Outside outside, List<Port> ports) {

  /// Who may answer.
  public enum Policy {
    /// Every endpoint.
    CLUSTER,
    /// Those on the node that the traffic reaches.
    LOCAL
  }

  /// @param affinitySeconds 0: none; else how long a client stays with its endpoint
  public record Traffic(Policy external, Policy internal, int affinitySeconds) {}

  /// Addresses other than the cluster IP.
  public record Outside(List<String> externalIps, List<String> loadBalancerIps) {
    public Outside {
      externalIps = List.copyOf(externalIps);
      loadBalancerIps = List.copyOf(loadBalancerIps);
    }
  }

  /// One port.
  ///
  /// @param name empty when the Service has only one
  /// @param protocol `tcp`, `udp`, `sctp`
  /// @param nodePort 0: none
  public record Port(
      String name, String protocol, int port, int nodePort, List<Endpoint> endpoints) {
    public Port {
      endpoints = List.copyOf(endpoints);
    }
  }

  /// One address that answers.
  ///
  /// @param node where it is; empty when nobody says
  public record Endpoint(String address, int port, String node, Condition condition)
      implements Comparable<Endpoint> {
    @Override
    public int compareTo(Endpoint other) {
      int byAddress = address.compareTo(other.address);
      return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    /// `10.244.1.7:80`.
    @Override
    public String toString() {
      return address + ":" + port;
    }
  }

  /// What an endpoint is good for.
  public enum Condition {
    READY,
    /// On its way out, but it still answers: used when there is nothing better.
    SERVING_TERMINATING,
    NOT_READY
  }

  public ServiceView {
    ports = List.copyOf(ports);
  }

  /// `default/web:http`, or `default/web` for a port without a name: how rules name it.
  public String portName(Port port) {
    return key + (port.name().isEmpty() ? "" : ":" + port.name());
  }
}
