package dev.drydock.kubelet.pods;

/// What a pod's worker is to do next.
sealed interface PodAction {

  /// Mount the volumes, get an address, connect the network.
  record MakeSandbox() implements PodAction {}

  record Start(String container) implements PodAction {}

  record Stop(String container) implements PodAction {}

  /// Everything has ended: release what the pod holds, report, and delete it when asked to.
  record Finish() implements PodAction {}
}
