package dev.drydock.controllers.backends;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.control.KeyMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;

/// Which pods a Service selects, and the other way round.
public final class ServiceSelection {
  private ServiceSelection() {}

  /// Whether the Service finds its backends itself; else somebody else writes its endpoints.
  public static boolean selects(Service service) {
    Map<String, String> selector = service.getSpec().getSelector();
    return selector != null
        && !selector.isEmpty()
        && !"ExternalName".equals(service.getSpec().getType());
  }

  /// The addressable pods that the Service selects.
  public static List<Backend> backends(Service service, Lister<Pod> pods) {
    return pods.inNamespace(service.getMetadata().getNamespace()).stream()
        .filter(pod -> selects(service, pod))
        .map(pod -> new Backend(service, pod))
        .filter(Backend::isAddressable)
        .toList();
  }

  /// From a pod to the Services that select it.
  public static KeyMapper<Pod> servicesOf(Lister<Service> services) {
    return pod ->
        services.inNamespace(pod.getMetadata().getNamespace()).stream()
            .filter(service -> selects(service) && selects(service, pod))
            .map(ObjectKey::of)
            .toList();
  }

  private static boolean selects(Service service, Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels != null
        && labels.entrySet().containsAll(service.getSpec().getSelector().entrySet());
  }
}
