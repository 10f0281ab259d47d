package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What connects the nodes: all pods of this process by address, and the ways to those of others.
/// One for all nodes that a kubelet hosts.
public final class Fabric {
  private final Map<String, PodNamespace> pods = new ConcurrentHashMap<>();
  private final Flows flows = new Flows();
  private final Routes routes;
  private final Tunnels tunnels;

  public Fabric(Routes routes, Tunnels tunnels) {
    this.routes = routes;
    this.tunnels = tunnels;
  }

  Routes routes() {
    return routes;
  }

  Tunnels tunnels() {
    return tunnels;
  }

  Flows flows() {
    return flows;
  }

  /// @throws IllegalStateException when another pod has the address
  void add(PodNamespace pod) {
    PodNamespace present = pods.putIfAbsent(pod.address(), pod);
    if (present != null) {
      throw new IllegalStateException(
          "address " + pod.address() + " is in use by pod " + present.pod());
    }
  }

  void remove(PodNamespace pod) {
    pods.remove(pod.address(), pod);
    flows.breakOff(pod.address());
  }

  Optional<PodNamespace> find(String address) {
    return Optional.ofNullable(pods.get(address));
  }

  /// Takes a connection that came through a tunnel to one of our pods.
  ///
  /// @throws java.net.ConnectException when the pod does not listen
  /// @throws java.net.NoRouteToHostException when there is no such pod
  public Connection accept(Tunnels.Flow flow) throws IOException {
    PodNamespace pod = pods.get(flow.pod().host());
    if (pod == null) {
      throw new NoRouteToHostException("No route to host");
    }
    return pod.accept(flow);
  }
}
