package dev.drydock.kubeproxy.changes;

import dev.drydock.api.meta.ObjectKey;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointConditions;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From a Service and its slices to a view. Pure.
final class ServiceReading {
  private static final String OTHER_PROXY = "service.kubernetes.io/service-proxy-name";
  private static final int DEFAULT_AFFINITY = 10_800;

  private ServiceReading() {}

  /// @return empty for a Service that is not proxied: headless, a mere name, or another proxy's
  static Optional<ServiceView> read(Service service, List<EndpointSlice> slices) {
    ServiceSpec spec = service.getSpec();
    String clusterIp = spec.getClusterIP();
    if (clusterIp == null
        || clusterIp.isEmpty()
        || clusterIp.equals("None")
        || clusterIp.indexOf(':') >= 0
        || "ExternalName".equals(spec.getType())
        || hasLabel(service, OTHER_PROXY)) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceView(
            ObjectKey.of(service),
            clusterIp,
            new ServiceView.Traffic(
                policy(spec.getExternalTrafficPolicy()),
                policy(spec.getInternalTrafficPolicy()),
                affinity(spec)),
            new ServiceView.Outside(spec.getExternalIPs(), loadBalancerIps(service)),
            spec.getPorts().stream().map(port -> port(port, slices)).toList()));
  }

  private static boolean hasLabel(Service service, String label) {
    var labels = service.getMetadata().getLabels();
    return labels != null && labels.containsKey(label);
  }

  private static ServiceView.Policy policy(@Nullable String text) {
    return "Local".equals(text) ? ServiceView.Policy.LOCAL : ServiceView.Policy.CLUSTER;
  }

  private static int affinity(ServiceSpec spec) {
    if (!"ClientIP".equals(spec.getSessionAffinity())) {
      return 0;
    }
    var config = spec.getSessionAffinityConfig();
    Integer seconds =
        config == null || config.getClientIP() == null
            ? null
            : config.getClientIP().getTimeoutSeconds();
    return seconds == null ? DEFAULT_AFFINITY : seconds;
  }

  private static List<String> loadBalancerIps(Service service) {
    if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
      return List.of();
    }
    return service.getStatus().getLoadBalancer().getIngress().stream()
        .map(LoadBalancerIngress::getIp)
        .filter(ip -> ip != null && !ip.isEmpty())
        .toList();
  }

  private static ServiceView.Port port(ServicePort port, List<EndpointSlice> slices) {
    String name = text(port.getName());
    return new ServiceView.Port(
        name,
        protocol(port.getProtocol()),
        port.getPort(),
        port.getNodePort() == null ? 0 : port.getNodePort(),
        endpoints(name, protocol(port.getProtocol()), slices));
  }

  private static String protocol(@Nullable String protocol) {
    return protocol == null ? "tcp" : protocol.toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /// One endpoint for each address and port, in order; an address may be in two slices while the
  /// controller moves it.
  private static List<ServiceView.Endpoint> endpoints(
      String name, String protocol, List<EndpointSlice> slices) {
    var found = new TreeMap<String, ServiceView.Endpoint>();
    for (EndpointSlice slice : slices) {
      if (!"IPv4".equals(slice.getAddressType())) {
        continue;
      }
      for (EndpointPort port : slice.getPorts()) {
        if (text(port.getName()).equals(name)
            && protocol(port.getProtocol()).equals(protocol)
            && port.getPort() != null) {
          for (ServiceView.Endpoint one : endpoints(slice, port.getPort())) {
            found.merge(one.toString(), one, ServiceReading::better);
          }
        }
      }
    }
    return new ArrayList<>(found.values());
  }

  private static ServiceView.Endpoint better(ServiceView.Endpoint one, ServiceView.Endpoint other) {
    return one.condition().compareTo(other.condition()) <= 0 ? one : other;
  }

  private static List<ServiceView.Endpoint> endpoints(EndpointSlice slice, int port) {
    List<ServiceView.Endpoint> endpoints = new ArrayList<>();
    for (Endpoint endpoint : slice.getEndpoints()) {
      if (!endpoint.getAddresses().isEmpty()) {
        endpoints.add(
            new ServiceView.Endpoint(
                endpoint.getAddresses().getFirst(),
                port,
                text(endpoint.getNodeName()),
                condition(endpoint.getConditions())));
      }
    }
    return endpoints;
  }

  private static ServiceView.Condition condition(@Nullable EndpointConditions conditions) {
    if (conditions == null || !Boolean.FALSE.equals(conditions.getReady())) {
      return ServiceView.Condition.READY;
    }
    boolean serving = !Boolean.FALSE.equals(conditions.getServing());
    boolean terminating = Boolean.TRUE.equals(conditions.getTerminating());
    return serving && terminating
        ? ServiceView.Condition.SERVING_TERMINATING
        : ServiceView.Condition.NOT_READY;
  }
}
