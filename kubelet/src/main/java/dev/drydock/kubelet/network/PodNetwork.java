package dev.drydock.kubelet.network;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/// One network namespace: what the programs of a pod (or of the node itself) can reach. All
/// containers of a pod share one. Safe for many threads.
public interface PodNetwork {

  /// The address of this namespace.
  String address();

  /// Opens a port on this namespace's address and on loopback.
  ///
  /// @param port 0: any free one
  /// @throws java.net.BindException when the port is taken
  Listening listen(int port, Protocol protocol, ConnectionHandler handler) throws IOException;

  /// Connects to a pod, a Service's address, a node, `localhost`, or a name which is looked up as
  /// the pod's resolver does (hosts file, search domains, cluster DNS).
  ///
  /// @throws UnknownHostException when there is no such name
  /// @throws java.net.ConnectException when nobody listens there (`Connection refused`) or there
  ///     is no way (`No route to host`)
  /// @throws java.net.SocketTimeoutException when no answer came in time
  Connection dial(Protocol protocol, Endpoint target, Duration timeout) throws IOException;

  /// All addresses of a name, looked up as for [#dial]; an address is its own.
  ///
  /// @throws UnknownHostException when there is no such name
  List<String> resolve(String name) throws UnknownHostException;
}
