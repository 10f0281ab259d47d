package dev.drydock.kubelet.kernel;

import dev.drydock.api.netfilter.Chain;
import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.ConnectionHandler;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Listening;
import dev.drydock.kubelet.network.PodNetwork;
import dev.drydock.kubelet.network.PodSandbox;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The node's own namespace. Its TCP ports are real ones of the computer; its other ports exist in
/// memory only.
final class HostNamespace implements PodNetwork {
  private final String address;
  private final NodeKernel kernel;
  private final HostSockets sockets;
  private final OpenPorts ports;
  private final Resolving resolving;

  HostNamespace(String address, NodeKernel kernel, HostSockets sockets, Flows flows) {
    this.address = address;
    this.kernel = kernel;
    this.sockets = sockets;
    this.ports = new OpenPorts(flows);
    this.resolving =
        new Resolving(
            Map.of("localhost", address),
            new PodSandbox.Resolver(List.of(), List.of(), List.of()),
            kernel.names());
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public Listening listen(int port, Protocol protocol, ConnectionHandler handler)
      throws IOException {
    return switch (protocol) {
      case TCP -> sockets.listen(port, connection -> OpenPorts.serve(handler, connection));
      case UDP, SCTP -> ports.listen(port, protocol, handler);
    };
  }

  @Override
  public Connection dial(Protocol protocol, Endpoint target, Duration timeout) throws IOException {
    String found = resolve(target.host()).getFirst();
    var asked = new Endpoint(found, target.port());
    boolean hostPort = kernel.isHostPort(protocol, asked);
    boolean loopback = found.equals(PodNamespace.LOOPBACK) && !hostPort;
    var dialled = loopback ? new Endpoint(address, target.port()) : asked;
    var source = new Endpoint(address, ports.ephemeral());
    if (dialled.host().equals(address) && protocol != Protocol.TCP && !hostPort) {
      return ports.accept(new Tunnels.Flow(protocol, source, dialled, dialled));
    }
    return kernel.connect(Chain.OUTPUT, protocol, source, dialled, timeout);
  }

  @Override
  public List<String> resolve(String name) throws UnknownHostException {
    return resolving.resolve(name);
  }
}
