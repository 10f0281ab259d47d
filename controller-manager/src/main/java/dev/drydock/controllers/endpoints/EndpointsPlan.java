package dev.drydock.controllers.endpoints;

import dev.drydock.controllers.backends.Backend;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointAddressBuilder;
import io.fabric8.kubernetes.api.model.EndpointPort;
import io.fabric8.kubernetes.api.model.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.EndpointSubsetBuilder;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.EndpointsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Endpoints object that a Service should have.
public final class EndpointsPlan {
  static final String MANAGED_BY = "endpoints.kubernetes.io/managed-by";
  static final String CONTROLLER = "endpoint-controller";
  private static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String OVER_CAPACITY = "endpoints.kubernetes.io/over-capacity";

  /// More addresses than this are cut off.
  private static final int CAPACITY = 1000;

  private EndpointsPlan() {}

  /// @param present null: there is none yet
  public static Optional<EndpointsAction> of(
      Service service, List<Backend> backends, @Nullable Endpoints present) {
    List<Backend> counted =
        backends.stream()
            .filter(backend -> !backend.isTerminating() || backend.publishesNotReady())
            .filter(backend -> !backend.addresses(family(service)).isEmpty())
            .filter(backend -> servesAny(service, backend))
            .sorted(
                Comparator.comparing((Backend backend) -> !backend.isReady())
                    .thenComparing(backend -> backend.addresses(family(service)).getFirst()))
            .toList();
    List<EndpointSubset> subsets =
        subsets(family(service), counted.subList(0, Math.min(CAPACITY, counted.size())));
    ObjectMeta metadata = present == null ? new ObjectMeta() : present.getMetadata();
    Endpoints wanted =
        new EndpointsBuilder()
            .withNewMetadataLike(metadata)
            .withName(service.getMetadata().getName())
            .withNamespace(service.getMetadata().getNamespace())
            .withLabels(labels(service))
            .withAnnotations(annotations(metadata, counted.size()))
            .endMetadata()
            .withSubsets(subsets)
            .build();
    if (present == null) {
      return Optional.of(new EndpointsAction.Create(wanted));
    }
    boolean same =
        subsets.equals(present.getSubsets())
            && wanted.getMetadata().getLabels().equals(metadata.getLabels());
    return same ? Optional.empty() : Optional.of(new EndpointsAction.Update(wanted));
  }

  /// A pod that has none of the ports that the Service names is none of its endpoints.
  private static boolean servesAny(Service service, Backend backend) {
    return service.getSpec().getPorts().isEmpty() || !backend.ports().isEmpty();
  }

  private static String family(Service service) {
    List<String> families = service.getSpec().getIpFamilies();
    return families == null || families.isEmpty() ? "IPv4" : families.getFirst();
  }

  private static Map<String, String> labels(Service service) {
    Map<String, String> own = service.getMetadata().getLabels();
    var labels = new HashMap<String, String>(own == null ? Map.of() : own);
    labels.remove(HEADLESS);
    if ("None".equals(service.getSpec().getClusterIP())) {
      labels.put(HEADLESS, "");
    }
    labels.put(MANAGED_BY, CONTROLLER);
    return labels;
  }

  private static Map<String, String> annotations(ObjectMeta metadata, int count) {
    Map<String, String> known = metadata.getAnnotations();
    var annotations = new HashMap<String, String>(known == null ? Map.of() : known);
    annotations.remove(OVER_CAPACITY);
    if (count > CAPACITY) {
      annotations.put(OVER_CAPACITY, "truncated");
    }
    return annotations;
  }

  /// Backends with the same ports share a subset.
  private static List<EndpointSubset> subsets(String family, List<Backend> backends) {
    var groups = new LinkedHashMap<List<Backend.Port>, List<Backend>>();
    for (Backend backend : backends) {
      groups.computeIfAbsent(backend.ports(), _ -> new ArrayList<>()).add(backend);
    }
    var subsets = new ArrayList<EndpointSubset>();
    groups.forEach(
        (ports, members) ->
            subsets.add(
                new EndpointSubsetBuilder()
                    .withAddresses(
                        addresses(family, members.stream().filter(Backend::isReady).toList()))
                    .withNotReadyAddresses(
                        addresses(family, members.stream().filter(b -> !b.isReady()).toList()))
                    .withPorts(written(ports))
                    .build()));
    return subsets;
  }

  private static List<EndpointPort> written(List<Backend.Port> ports) {
    return ports.stream()
        .map(
            port ->
                new EndpointPortBuilder()
                    .withName(port.name().isEmpty() ? null : port.name())
                    .withPort(port.port())
                    .withProtocol(port.protocol())
                    .withAppProtocol(port.appProtocol())
                    .build())
        .toList();
  }

  private static List<EndpointAddress> addresses(String family, Collection<Backend> backends) {
    return backends.stream()
        .map(
            backend ->
                new EndpointAddressBuilder()
                    .withIp(backend.addresses(family).getFirst())
                    .withHostname(backend.hostname())
                    .withNodeName(backend.pod().getSpec().getNodeName())
                    .withTargetRef(backend.reference())
                    .build())
        .toList();
  }
}
