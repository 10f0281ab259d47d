package dev.drydock.controllers.endpointslice;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.backends.Backend;
import dev.drydock.controllers.ownership.Owner;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What all slices of a Service and address family have alike.
///
/// @param trigger the newest change of Service or pods that the slices tell of
record SliceFrame(Service service, String family, Map<String, String> labels, Instant trigger) {
  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String CONTROLLER = "endpointslice-controller.k8s.io";
  private static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

  static SliceFrame of(EndpointSlicePlan.Observed observed, String family) {
    Service service = observed.service();
    Map<String, String> own = service.getMetadata().getLabels();
    var labels = new HashMap<String, String>(own == null ? Map.of() : own);
    labels.remove(HEADLESS);
    if ("None".equals(service.getSpec().getClusterIP())) {
      labels.put(HEADLESS, "");
    }
    labels.put(SERVICE_NAME, service.getMetadata().getName());
    labels.put(MANAGED_BY, CONTROLLER);
    Instant trigger =
        observed.backends().stream()
            .map(Backend::pod)
            .flatMap(pod -> PodFacts.condition(pod, "Ready").stream())
            .map(ready -> KubernetesTime.parseOrEpoch(ready.getLastTransitionTime()))
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH);
    Instant created = KubernetesTime.parseOrEpoch(service.getMetadata().getCreationTimestamp());
    return new SliceFrame(
        service, family, Map.copyOf(labels), trigger.isAfter(created) ? trigger : created);
  }

  boolean fits(EndpointSlice slice) {
    return labels.equals(slice.getMetadata().getLabels());
  }

  EndpointSlice filled(List<EndpointPort> ports, List<Endpoint> endpoints) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withGenerateName(service.getMetadata().getName() + "-")
        .withNamespace(service.getMetadata().getNamespace())
        .withLabels(labels)
        .addToAnnotations(TRIGGER_TIME, KubernetesTime.seconds(trigger))
        .withOwnerReferences(Owner.of("v1", "Service", service).controllerReference())
        .endMetadata()
        .withAddressType(family)
        .withPorts(ports)
        .withEndpoints(endpoints)
        .build();
  }

  EndpointSlice refilled(EndpointSlice slice, List<EndpointPort> ports, List<Endpoint> endpoints) {
    return new EndpointSliceBuilder(slice)
        .editMetadata()
        .withLabels(labels)
        .addToAnnotations(TRIGGER_TIME, KubernetesTime.seconds(trigger))
        .endMetadata()
        .withPorts(ports)
        .withEndpoints(endpoints)
        .build();
  }
}
