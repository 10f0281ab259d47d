package dev.drydock.controllers.endpointslice;

import dev.drydock.controllers.backends.Backend;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPortBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which slices must change so that they hold exactly the Service's backends, with as few changes
/// as possible: an endpoint stays in its slice, gaps are filled in slices that change anyway, and a
/// new slice is made only when no other has room.
public final class EndpointSlicePlan {
  private EndpointSlicePlan() {}

  /// What the plan is made from.
  ///
  /// @param zones zone of each node that has one
  /// @param slices those that the controller manages for the Service
  /// @param mostEndpoints per slice
  public record Observed(
      Service service,
      List<Backend> backends,
      Map<String, String> zones,
      List<EndpointSlice> slices,
      int mostEndpoints) {
    public Observed {
      backends = List.copyOf(backends);
      zones = Map.copyOf(zones);
      slices = List.copyOf(slices);
    }
  }

  public static List<EndpointSliceAction> of(Observed observed) {
    var actions = new ArrayList<EndpointSliceAction>();
    List<String> families = families(observed.service());
    for (String family : families) {
      List<EndpointSlice> present =
          observed.slices().stream().filter(s -> family.equals(s.getAddressType())).toList();
      var packing = new SlicePacking(SliceFrame.of(observed, family), observed.mostEndpoints());
      actions.addAll(packing.pack(wanted(observed, family), present));
    }
    observed.slices().stream()
        .filter(slice -> !families.contains(slice.getAddressType()))
        .map(EndpointSliceAction.Delete::new)
        .forEach(actions::add);
    return actions;
  }

  private static List<String> families(Service service) {
    List<String> families = service.getSpec().getIpFamilies();
    return families == null || families.isEmpty() ? List.of("IPv4") : families;
  }

  /// Endpoints by the ports they are reached by; without any, one group that has neither, so that
  /// a Service always has a slice.
  private static Map<List<EndpointPort>, List<Endpoint>> wanted(Observed observed, String family) {
    var groups = new LinkedHashMap<List<Backend.Port>, List<Endpoint>>();
    for (Backend backend : observed.backends()) {
      List<String> addresses = backend.addresses(family);
      if (!addresses.isEmpty()) {
        groups
            .computeIfAbsent(backend.ports(), _ -> new ArrayList<>())
            .add(endpoint(backend, addresses, observed.zones()));
      }
    }
    if (groups.isEmpty()) {
      groups.put(List.of(), List.of());
    }
    var result = new LinkedHashMap<List<EndpointPort>, List<Endpoint>>();
    groups.forEach((ports, endpoints) -> result.put(written(ports), endpoints));
    return result;
  }

  private static List<EndpointPort> written(List<Backend.Port> ports) {
    return ports.stream()
        .map(
            port ->
                new EndpointPortBuilder()
                    .withName(port.name())
                    .withPort(port.port())
                    .withProtocol(port.protocol())
                    .withAppProtocol(port.appProtocol())
                    .build())
        .toList();
  }

  private static Endpoint endpoint(
      Backend backend, List<String> addresses, Map<String, String> zones) {
    String node = backend.pod().getSpec().getNodeName();
    return new EndpointBuilder()
        .withAddresses(addresses)
        .withNewConditions()
        .withReady(backend.isReady())
        .withServing(backend.isServing())
        .withTerminating(backend.isTerminating())
        .endConditions()
        .withHostname(backend.hostname())
        .withTargetRef(backend.reference())
        .withNodeName(node)
        .withZone(node == null ? null : zones.get(node))
        .build();
  }
}
