package dev.drydock.kubelet.network;

import dev.drydock.api.meta.Uid;

/// The network of one node as its kubelet sees it. Blocking; safe for many threads.
public interface NodeNetwork {

  /// Makes a pod's namespace and connects it. From now on its address can be reached.
  ///
  /// @throws IllegalStateException when the pod or its address is already there
  PodNetwork attach(PodSandbox sandbox);

  /// Takes a pod's namespace away: its ports close, its connections break. Does nothing when there
  /// is none.
  void detach(Uid pod);

  /// The node's own namespace: where probes come from, and where host-network pods live.
  PodNetwork host();
}
