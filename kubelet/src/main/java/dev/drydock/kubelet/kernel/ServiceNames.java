package dev.drydock.kubelet.kernel;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Lister;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;

/// Names of Services that have an address: `web.default.svc.cluster.local`.
public final class ServiceNames implements Names {
  private final Lister<Service> services;
  private final String suffix;

  /// @param domain `cluster.local`
  public ServiceNames(Lister<Service> services, String domain) {
    this.services = services;
    this.suffix = ".svc." + domain;
  }

  @Override
  public List<String> addresses(String name) {
    if (!name.endsWith(suffix)) {
      return List.of();
    }
    String[] parts = name.substring(0, name.length() - suffix.length()).split("\\.", -1);
    if (parts.length != 2) {
      return List.of();
    }
    return services
        .get(ObjectKey.of(parts[1], parts[0]))
        .map(service -> service.getSpec().getClusterIP())
        .filter(address -> !address.isEmpty() && !address.equals("None"))
        .map(List::of)
        .orElse(List.of());
  }
}
