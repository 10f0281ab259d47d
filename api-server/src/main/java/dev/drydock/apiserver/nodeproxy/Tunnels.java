package dev.drydock.apiserver.nodeproxy;

import dev.drydock.apiserver.request.RequestContext;
import java.io.IOException;

/// Ways to addresses inside the cluster.
public interface Tunnels {

  /// Connects. Blocking.
  ///
  /// @throws java.net.ConnectException when nobody listens there
  /// @throws IOException when there is no way
  Tunnel open(RequestContext context, Place place) throws IOException;

  /// Where to.
  sealed interface Place {
    String host();

    int port();

    /// A pod, through the kubelet of its node.
    record InPod(String node, String host, int port) implements Place {}

    /// An address of the computer's own network: a node, or a pod that uses its node's network.
    record OnHost(String host, int port) implements Place {}
  }
}
