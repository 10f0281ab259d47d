package dev.drydock.apiserver.registry;

/// What Services get their addresses and ports from.
///
/// @param clusterIps in CIDR notation
/// @param lowestNodePort and
/// @param highestNodePort inclusive
public record ServiceNetwork(String clusterIps, int lowestNodePort, int highestNodePort) {

  /// Defaults of kube-apiserver's flags `--service-cluster-ip-range` (as kubeadm sets it) and
  /// `--service-node-port-range`.
  public static final ServiceNetwork DEFAULT = new ServiceNetwork("10.96.0.0/12", 30000, 32767);
}
