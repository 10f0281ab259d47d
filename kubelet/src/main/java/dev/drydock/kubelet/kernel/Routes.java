package dev.drydock.kubelet.kernel;

import dev.drydock.kubelet.network.Endpoint;
import java.util.Optional;

/// Where the pods of other nodes are.
@FunctionalInterface
public interface Routes {

  /// The kubelet on whose node a pod with this address lives; empty when there is no way.
  Optional<Endpoint> kubeletOf(String podAddress);
}
