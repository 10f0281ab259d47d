package dev.drydock.kubelet.kernel;

import dev.drydock.api.meta.ObjectKey;
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

/// The network namespace of one pod: exists only in memory.
final class PodNamespace implements PodNetwork {
  static final String LOOPBACK = "127.0.0.1";

  private final PodSandbox sandbox;
  private final NodeKernel kernel;
  private final OpenPorts ports;
  private final Resolving resolving;

  PodNamespace(PodSandbox sandbox, NodeKernel kernel, Flows flows, Names names) {
    this.sandbox = sandbox;
    this.kernel = kernel;
    this.ports = new OpenPorts(flows);
    this.resolving =
        new Resolving(
            Map.of("localhost", LOOPBACK, sandbox.pod().name(), sandbox.address()),
            sandbox.resolver(),
            names);
  }

  ObjectKey pod() {
    return sandbox.pod();
  }

  PodSandbox sandbox() {
    return sandbox;
  }

  @Override
  public String address() {
    return sandbox.address();
  }

  @Override
  public Listening listen(int port, Protocol protocol, ConnectionHandler handler)
      throws IOException {
    return ports.listen(port, protocol, handler);
  }

  @Override
  public Connection dial(Protocol protocol, Endpoint target, Duration timeout) throws IOException {
    String address = resolve(target.host()).getFirst();
    var dialled = new Endpoint(address, target.port());
    if (address.equals(LOOPBACK) || address.equals(address())) {
      var source = new Endpoint(address, ports.ephemeral());
      return ports.accept(new Tunnels.Flow(protocol, source, dialled, dialled));
    }
    var source = new Endpoint(address(), ports.ephemeral());
    return kernel.connect(Chain.PREROUTING, protocol, source, dialled, timeout);
  }

  Connection accept(Tunnels.Flow flow) throws IOException {
    return ports.accept(flow);
  }

  @Override
  public List<String> resolve(String name) throws UnknownHostException {
    return resolving.resolve(name);
  }

  void close() {
    ports.closeAll();
  }
}
