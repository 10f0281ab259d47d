package dev.drydock.apiserver.rest.upgrade;

import dev.drydock.apiserver.nodeproxy.Tunnel;
import java.io.IOException;

/// Connects to ports of one pod.
@FunctionalInterface
public interface PortDialer {

  /// @throws IOException when nobody listens there; its text is what the client is told
  Tunnel dial(int port) throws IOException;
}
