package dev.drydock.controllers.endpointslicemirroring;

import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.EndpointAddress;
import io.fabric8.kubernetes.api.model.EndpointSubset;
import io.fabric8.kubernetes.api.model.Endpoints;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which slices mirror Endpoints: one for each subset and address family.
final class MirrorPlan {
  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String CONTROLLER = "endpointslicemirroring-controller.k8s.io";
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

  private MirrorPlan() {}

  /// What makes two slices mirrors of the same thing.
  private record Form(String family, List<EndpointPort> ports) {}

  /// @param most `--mirroring-max-endpoints-per-subset`
  static List<MirrorAction> of(Endpoints endpoints, List<EndpointSlice> present, int most) {
    Map<Form, List<Endpoint>> wanted = wanted(endpoints, most);
    var actions = new ArrayList<MirrorAction>();
    List<EndpointSlice> spare = new ArrayList<>(present);
    wanted.forEach(
        (form, members) -> {
          Optional<EndpointSlice> found =
              spare.stream().filter(slice -> formOf(slice).equals(form)).findFirst();
          if (found.isEmpty()) {
            actions.add(new MirrorAction.Create(fresh(endpoints, form, members)));
            return;
          }
          spare.remove(found.get());
          EndpointSlice changed = changed(found.get(), endpoints, members);
          if (!changed.equals(found.get())) {
            actions.add(new MirrorAction.Update(changed));
          }
        });
    spare.forEach(slice -> actions.add(new MirrorAction.Delete(slice)));
    return actions;
  }

  private static Form formOf(EndpointSlice slice) {
    return new Form(slice.getAddressType(), slice.getPorts());
  }

  private static Map<Form, List<Endpoint>> wanted(Endpoints endpoints, int most) {
    Map<Form, List<Endpoint>> wanted = new LinkedHashMap<>();
    for (EndpointSubset subset : endpoints.getSubsets()) {
      List<EndpointPort> ports = ports(subset);
      List<Endpoint> all = new ArrayList<>();
      subset.getAddresses().forEach(address -> all.add(endpoint(address, true)));
      subset.getNotReadyAddresses().forEach(address -> all.add(endpoint(address, false)));
      for (Endpoint each : all.subList(0, Math.min(most, all.size()))) {
        boolean six = each.getAddresses().getFirst().indexOf(':') >= 0;
        wanted
            .computeIfAbsent(new Form(six ? "IPv6" : "IPv4", ports), _ -> new ArrayList<>())
            .add(each);
      }
    }
    wanted
        .values()
        .forEach(list -> list.sort(Comparator.comparing(each -> each.getAddresses().getFirst())));
    return wanted;
  }

  private static List<EndpointPort> ports(EndpointSubset subset) {
    return subset.getPorts().stream()
        .map(
            port ->
                new EndpointPortBuilder()
                    .withName(port.getName() == null ? "" : port.getName())
                    .withPort(port.getPort())
                    .withProtocol(port.getProtocol() == null ? "TCP" : port.getProtocol())
                    .withAppProtocol(port.getAppProtocol())
                    .build())
        .sorted(Comparator.comparing(EndpointPort::getName))
        .toList();
  }

  private static Endpoint endpoint(EndpointAddress address, boolean ready) {
    return new EndpointBuilder()
        .withAddresses(address.getIp())
        .withNewConditions()
        .withReady(ready)
        .endConditions()
        .withHostname(address.getHostname())
        .withNodeName(address.getNodeName())
        .withTargetRef(address.getTargetRef())
        .build();
  }

  private static EndpointSlice fresh(Endpoints endpoints, Form form, List<Endpoint> members) {
    return new EndpointSliceBuilder()
        .withNewMetadata()
        .withGenerateName(endpoints.getMetadata().getName() + "-")
        .withNamespace(endpoints.getMetadata().getNamespace())
        .withLabels(labels(endpoints))
        .withAnnotations(annotations(endpoints))
        .withOwnerReferences(Owner.of("v1", "Endpoints", endpoints).controllerReference())
        .endMetadata()
        .withAddressType(form.family())
        .withPorts(form.ports())
        .withEndpoints(members)
        .build();
  }

  private static EndpointSlice changed(
      EndpointSlice slice, Endpoints endpoints, List<Endpoint> members) {
    return new EndpointSliceBuilder(slice)
        .editMetadata()
        .withLabels(labels(endpoints))
        .withAnnotations(annotations(endpoints))
        .endMetadata()
        .withEndpoints(members)
        .build();
  }

  private static Map<String, String> labels(Endpoints endpoints) {
    Map<String, String> own = endpoints.getMetadata().getLabels();
    Map<String, String> labels = new HashMap<>(own == null ? Map.of() : own);
    labels.put(SERVICE_NAME, endpoints.getMetadata().getName());
    labels.put(MANAGED_BY, CONTROLLER);
    return labels;
  }

  private static Map<String, String> annotations(Endpoints endpoints) {
    Map<String, String> own = endpoints.getMetadata().getAnnotations();
    Map<String, String> annotations = new HashMap<>(own == null ? Map.of() : own);
    annotations.remove(LAST_APPLIED);
    annotations.remove(TRIGGER_TIME);
    return annotations;
  }
}
