package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.network.PodSandbox;
import io.fabric8.kubernetes.api.model.Pod;

/// The names that a pod knows itself by. Pure.
final class PodNames {
  private static final int LONGEST_LABEL = 63;

  private PodNames() {}

  /// Without its domain: the pod's own name unless it says otherwise.
  static String shortName(Pod pod) {
    var spec = pod.getSpec();
    if (Boolean.TRUE.equals(spec.getHostNetwork()) && spec.getNodeName() != null) {
      return spec.getNodeName();
    }
    if (overridden(pod)) {
      return spec.getHostnameOverride();
    }
    String wanted = spec.getHostname();
    String name = wanted == null || wanted.isEmpty() ? pod.getMetadata().getName() : wanted;
    return name.length() > LONGEST_LABEL ? name.substring(0, LONGEST_LABEL) : name;
  }

  /// With the domain that its subdomain stands for; empty when it has none.
  ///
  /// @param cluster the cluster's DNS
  static String fullName(Pod pod, PodSandbox.Resolver cluster) {
    String subdomain = pod.getSpec().getSubdomain();
    boolean none = subdomain == null || subdomain.isEmpty() || cluster.searches().isEmpty();
    return none || overridden(pod)
        ? ""
        : String.join(
            ".",
            shortName(pod),
            subdomain,
            pod.getMetadata().getNamespace(),
            "svc",
            cluster.searches().getFirst());
  }

  /// What the kernel calls the pod's host.
  static String ofHost(Pod pod, PodSandbox.Resolver cluster) {
    String full = fullName(pod, cluster);
    boolean wanted = Boolean.TRUE.equals(pod.getSpec().getSetHostnameAsFQDN());
    return wanted && !full.isEmpty() ? full : shortName(pod);
  }

  private static boolean overridden(Pod pod) {
    String override = pod.getSpec().getHostnameOverride();
    return override != null && !override.isEmpty();
  }
}
