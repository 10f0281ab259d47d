package dev.drydock.lab.pki;

import java.util.List;

/// Whom a certificate is for.
///
/// @param name common name: the user's name to Kubernetes
/// @param groups organisations: the user's groups
/// @param hosts DNS names and IP addresses it may serve as; empty for a client
public record Subject(String name, List<String> groups, List<String> hosts) {
  public Subject {
    groups = List.copyOf(groups);
    hosts = List.copyOf(hosts);
  }

  static Subject client(String name, String... groups) {
    return new Subject(name, List.of(groups), List.of());
  }
}
