package dev.drydock.kubelet.kernel;

import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.kubelet.network.Endpoint;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Routes from the Node objects: pod CIDR, internal address, port of the kubelet.
public final class NodeRoutes implements Routes {
  private static final int KUBELET_PORT = 10250;

  private final Map<AddressRange, Endpoint> routes = new ConcurrentHashMap<>();

  /// Follows the informer.
  public static NodeRoutes following(Informer<Node> nodes) {
    var routes = new NodeRoutes();
    nodes.addListener(routes::changed);
    return routes;
  }

  private void changed(Change<Node> change) {
    switch (change) {
      case Change.Added<Node>(Node node) -> add(node);
      case Change.Updated<Node>(Node before, Node after) -> {
        if (!range(before).equals(range(after))) {
          range(before).ifPresent(routes::remove);
        }
        add(after);
      }
      case Change.Removed<Node>(Node last) -> range(last).ifPresent(routes::remove);
    }
  }

  private void add(Node node) {
    if (node.getStatus() == null) {
      return;
    }
    Optional<String> address =
        node.getStatus().getAddresses().stream()
            .filter(one -> one.getType().equals("InternalIP"))
            .map(NodeAddress::getAddress)
            .findFirst();
    range(node)
        .ifPresent(
            range ->
                address.ifPresent(
                    found -> routes.put(range, new Endpoint(found, kubeletPort(node)))));
  }

  private static int kubeletPort(Node node) {
    var daemons = node.getStatus().getDaemonEndpoints();
    var kubelet = daemons == null ? null : daemons.getKubeletEndpoint();
    Integer port = kubelet == null ? null : kubelet.getPort();
    return port == null || port == 0 ? KUBELET_PORT : port;
  }

  private static Optional<AddressRange> range(Node node) {
    String cidr = node.getSpec() == null ? null : node.getSpec().getPodCIDR();
    return cidr == null || cidr.isEmpty()
        ? Optional.empty()
        : Optional.of(AddressRange.parse(cidr));
  }

  @Override
  public Optional<Endpoint> kubeletOf(String podAddress) {
    int address = AddressRange.address(podAddress);
    return routes.entrySet().stream()
        .filter(route -> route.getKey().contains(address))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
