package dev.drydock.kubelet.kernel;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Lister;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Names of Services that have an address, `web.default.svc.cluster.local`, and of those that are
/// another name for one.
public final class ServiceNames implements Names {
  private static final String EXTERNAL_NAME = "ExternalName";

  private final Lister<Service> services;
  private final String suffix;

  /// @param domain `cluster.local`
  public ServiceNames(Lister<Service> services, String domain) {
    this.services = services;
    this.suffix = ".svc." + domain;
  }

  @Override
  public List<String> addresses(String name) {
    Set<String> asked = new HashSet<>();
    String at = name;
    while (asked.add(at)) {
      Optional<ServiceSpec> service = service(at);
      if (service.isEmpty() || !EXTERNAL_NAME.equals(service.get().getType())) {
        return service
            .map(ServiceSpec::getClusterIP)
            .filter(address -> !address.isEmpty() && !address.equals("None"))
            .map(List::of)
            .orElse(List.of());
      }
      at = service.get().getExternalName().replaceFirst("\\.$", "");
    }
    return List.of();
  }

  private Optional<ServiceSpec> service(String name) {
    if (!name.endsWith(suffix)) {
      return Optional.empty();
    }
    String[] parts = name.substring(0, name.length() - suffix.length()).split("\\.", -1);
    return parts.length == 2
        ? services.get(ObjectKey.of(parts[1], parts[0])).map(Service::getSpec)
        : Optional.empty();
  }
}
