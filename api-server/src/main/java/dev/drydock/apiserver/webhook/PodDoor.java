package dev.drydock.apiserver.webhook;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;

/// Ways to programs in simulated pods: no socket of the computer reaches those.
@FunctionalInterface
public interface PodDoor {

  /// Leads nowhere.
  PodDoor CLOSED =
      (_, pod) -> {
        throw new NoRouteToHostException(
            "dial tcp "
                + pod.getHostString()
                + ":"
                + pod.getPort()
                + ": connect: no route to host");
      };

  /// A connection to a pod. Blocking.
  ///
  /// @param kubelet of the pod's node
  Socket connect(InetSocketAddress kubelet, InetSocketAddress pod) throws IOException;
}
