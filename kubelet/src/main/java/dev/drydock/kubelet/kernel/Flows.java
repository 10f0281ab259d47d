package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Connection tracking: which connections there are, with both of their ends and what was
/// translated on the way. They die with their pods.
final class Flows {
  private final Set<Flow> flows = ConcurrentHashMap.newKeySet();

  /// A live connection.
  ///
  /// @param source as the receiver sees it
  /// @param dialled where the client wanted to go
  /// @param reached where it got to
  record Flow(
      Protocol protocol,
      Endpoint source,
      Endpoint dialled,
      Endpoint reached,
      List<Connection> ends) {
    /// `tcp 10.244.1.2:40000 -> 10.96.0.1:443 = 10.244.2.7:6443`.
    @Override
    public String toString() {
      return protocol + " " + source + " -> " + dialled + " = " + reached;
    }

    void breakOff() {
      ends.forEach(Connection::close);
    }
  }

  void add(Flow flow) {
    flows.add(flow);
  }

  void remove(Flow flow) {
    flows.remove(flow);
  }

  /// Breaks the connections from and to an address.
  void breakOff(String address) {
    for (Flow flow : all()) {
      if (flow.source().host().equals(address) || flow.reached().host().equals(address)) {
        flows.remove(flow);
        flow.breakOff();
      }
    }
  }

  List<Flow> all() {
    return List.copyOf(flows);
  }
}
