package dev.drydock.kubelet.network;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import java.util.List;

/// What the network must know of a pod.
///
/// @param address from the node's pod CIDR; of a pod in [Mode#HOST] the node's own
/// @param hostPorts to be opened on the node's address
public record PodSandbox(
    Uid uid,
    ObjectKey pod,
    Mode mode,
    String address,
    Resolver resolver,
    List<HostPort> hostPorts) {

  public PodSandbox {
    hostPorts = List.copyOf(hostPorts);
  }

  /// Whose namespace the pod's programs use.
  public enum Mode {
    /// One of its own.
    POD,
    /// The node's (`hostNetwork: true`).
    HOST
  }

  /// The content of the pod's `/etc/resolv.conf`.
  ///
  /// @param nameservers addresses; the cluster's DNS Service unless the pod says otherwise
  /// @param options `ndots:5`
  public record Resolver(List<String> nameservers, List<String> searches, List<String> options) {
    public Resolver {
      nameservers = List.copyOf(nameservers);
      searches = List.copyOf(searches);
      options = List.copyOf(options);
    }
  }

  /// A container port that is also a port of the node.
  ///
  /// @param hostAddress empty: all of the node's addresses
  public record HostPort(Protocol protocol, String hostAddress, int hostPort, int containerPort) {}
}
