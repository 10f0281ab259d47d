package dev.drydock.kubelet.kernel;

import dev.drydock.api.meta.Uid;
import dev.drydock.api.netfilter.AddressRange;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ports of the node that lead to ports of its pods.
///
/// Whoever dials from the node or from a pod on it finds them in a table. TCP ports are real
/// sockets too, save those of the loopback: that one belongs to the node alone, while the
/// computer's is shared by all nodes on it.
final class HostPorts {
  private static final Logger LOG = LoggerFactory.getLogger(HostPorts.class);
  private static final String ALL_ADDRESSES = "0.0.0.0";

  private final String node;
  private final HostSockets sockets;
  private final Joining joining;
  private final Map<Port, Target> table = new ConcurrentHashMap<>();
  private final Map<Uid, List<Listening>> opened = new ConcurrentHashMap<>();

  /// Brings a real connection, which dialled one endpoint, to another.
  @FunctionalInterface
  interface Joining {
    void join(SocketConnection client, Endpoint dialled, Endpoint target)
        throws IOException, InterruptedException;
  }

  private record Port(Protocol protocol, String address, int number) {}

  private record Target(Uid pod, Endpoint endpoint) {}

  /// @param node the node's address
  HostPorts(String node, HostSockets sockets, Joining joining) {
    this.node = node;
    this.sockets = sockets;
    this.joining = joining;
  }

  private static boolean isLoopback(String address) {
    return address.indexOf(':') < 0 && NodeKernel.LOOPBACK.contains(AddressRange.address(address));
  }

  /// A port that somebody holds, or that cannot be opened, is left out and told in the log.
  void open(PodSandbox sandbox) {
    List<Listening> sockets = new ArrayList<>();
    for (PodSandbox.HostPort port : sandbox.hostPorts()) {
      String address = port.hostAddress().isEmpty() ? ALL_ADDRESSES : port.hostAddress();
      var target = new Endpoint(sandbox.address(), port.containerPort());
      var key = new Port(port.protocol(), address, port.hostPort());
      try {
        if (table.putIfAbsent(key, new Target(sandbox.uid(), target)) != null) {
          throw new IOException("Address already in use");
        }
        if (port.protocol() == Protocol.TCP && !isLoopback(address)) {
          sockets.add(listen(address.equals(ALL_ADDRESSES) ? node : address, key, target));
        }
      } catch (IOException failure) {
        LOG.warn(
            "pod {}: host port {} cannot be opened: {}",
            sandbox.pod(),
            port.hostPort(),
            failure.getMessage());
      }
    }
    opened.put(sandbox.uid(), sockets);
  }

  private Listening listen(String on, Port port, Endpoint target) throws IOException {
    return sockets.listen(
        on, port.number(), client -> joining.join(client, new Endpoint(on, port.number()), target));
  }

  void close(Uid pod) {
    table.values().removeIf(target -> target.pod().equals(pod));
    List<Listening> sockets = opened.remove(pod);
    if (sockets != null) {
      sockets.forEach(Listening::close);
    }
  }

  /// Where what is sent to this endpoint goes, if that is a host port of this node.
  Optional<Endpoint> find(Protocol protocol, Endpoint dialled) {
    Target found = table.get(new Port(protocol, dialled.host(), dialled.port()));
    if (found == null && (dialled.host().equals(node) || isLoopback(dialled.host()))) {
      found = table.get(new Port(protocol, ALL_ADDRESSES, dialled.port()));
    }
    return Optional.ofNullable(found).map(Target::endpoint);
  }
}
