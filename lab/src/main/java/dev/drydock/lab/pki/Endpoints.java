package dev.drydock.lab.pki;

import java.util.List;

/// Where the control plane is found.
///
/// @param person URL of the REST port, for kubectl
/// @param component URL of the gRPC port, for components
/// @param hosts names and addresses that its certificates must be valid for
public record Endpoints(String person, String component, List<String> hosts) {
  public Endpoints {
    hosts = List.copyOf(hosts);
  }
}
