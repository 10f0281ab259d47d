package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.PodSandbox;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Looks names up as a pod's resolver does: addresses, the hosts file, then DNS with the search
/// domains.
final class Resolving {
  private static final int DEFAULT_NDOTS = 1;

  private final Map<String, String> hosts;
  private final PodSandbox.Resolver resolver;
  private final Names names;

  Resolving(Map<String, String> hosts, PodSandbox.Resolver resolver, Names names) {
    this.hosts = Map.copyOf(hosts);
    this.resolver = resolver;
    this.names = names;
  }

  List<String> resolve(String name) throws UnknownHostException {
    if (name.matches("[0-9]+(\\.[0-9]+){3}")) {
      return List.of(name);
    }
    String known = hosts.get(name);
    if (known != null) {
      return List.of(known);
    }
    for (String candidate : candidates(name)) {
      List<String> found = names.addresses(candidate);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw new UnknownHostException(name);
  }

  private List<String> candidates(String name) {
    if (name.endsWith(".")) {
      return List.of(name.substring(0, name.length() - 1));
    }
    List<String> candidates = new ArrayList<>();
    resolver.searches().forEach(domain -> candidates.add(name + "." + domain));
    long dots = name.chars().filter(c -> c == '.').count();
    candidates.add(dots >= ndots() ? 0 : candidates.size(), name);
    return candidates;
  }

  private int ndots() {
    for (String option : resolver.options()) {
      if (option.startsWith("ndots:")) {
        return Integer.parseInt(option.substring("ndots:".length()));
      }
    }
    return DEFAULT_NDOTS;
  }
}
