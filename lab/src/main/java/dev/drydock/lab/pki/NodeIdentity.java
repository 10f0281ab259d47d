package dev.drydock.lab.pki;

import java.util.List;

/// A node, as certificates know it.
///
/// @param hosts names and addresses under which its kubelet is called
public record NodeIdentity(String name, List<String> hosts) {
  public NodeIdentity {
    hosts = List.copyOf(hosts);
  }
}
