package dev.drydock.apiserver.rest.extension;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.aggregation.ApiServiceEntry.Backend;
import dev.drydock.apiserver.nodeproxy.Tunnel;
import java.io.IOException;

/// Ways to extension api-servers.
public interface ExtensionTunnels {

  /// A connection to one of the server's endpoints, inside of TLS. Blocking.
  ///
  /// @throws ApiException when the Service leads nowhere
  /// @throws IOException when nobody answers there
  Tunnel open(Backend backend) throws IOException;
}
