package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Connection;
import dev.drydock.kubelet.network.Endpoint;
import dev.drydock.kubelet.network.Protocol;
import java.io.IOException;
import java.time.Duration;

/// The wire to the pods of another kubelet.
public interface Tunnels {

  /// One connection, from where to where.
  ///
  /// @param source as the pod will see it
  /// @param dialled where the client wanted to go, before any translation
  /// @param pod the pod's address and port
  record Flow(Protocol protocol, Endpoint source, Endpoint dialled, Endpoint pod) {}

  /// @throws java.net.ConnectException when the pod does not listen
  /// @throws java.net.NoRouteToHostException when there is no such pod, or its node is away
  /// @throws java.net.SocketTimeoutException when no answer came in time
  Connection connect(Endpoint kubelet, Flow flow, Duration timeout) throws IOException;
}
