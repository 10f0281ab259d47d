package dev.drydock.apiserver.discovery;

import java.util.Map;

/// The priorities of the groups that this server has: facts of Kubernetes.
public final class Priorities {
  private static final int STABLE = 15;
  private static final int BETA = 9;
  private static final int ALPHA = 1;

  private static final Map<String, Integer> GROUPS =
      Map.ofEntries(
          Map.entry("apiregistration.k8s.io", 20_000),
          Map.entry("", 18_000),
          Map.entry("apps", 17_800),
          Map.entry("events.k8s.io", 17_750),
          Map.entry("authentication.k8s.io", 17_700),
          Map.entry("authorization.k8s.io", 17_600),
          Map.entry("autoscaling", 17_500),
          Map.entry("batch", 17_400),
          Map.entry("certificates.k8s.io", 17_300),
          Map.entry("networking.k8s.io", 17_200),
          Map.entry("policy", 17_100),
          Map.entry("rbac.authorization.k8s.io", 17_000),
          Map.entry("storage.k8s.io", 16_800),
          Map.entry("apiextensions.k8s.io", 16_700),
          Map.entry("admissionregistration.k8s.io", 16_700),
          Map.entry("scheduling.k8s.io", 16_600),
          Map.entry("coordination.k8s.io", 16_500),
          Map.entry("node.k8s.io", 16_300),
          Map.entry("discovery.k8s.io", 16_200),
          Map.entry("flowcontrol.apiserver.k8s.io", 16_100),
          Map.entry("internal.apiserver.k8s.io", 16_000),
          Map.entry("resource.k8s.io", 15_900),
          Map.entry("storagemigration.k8s.io", 15_800));

  private static final Map<String, Integer> VERSIONS =
      Map.of("v1", 1, "autoscaling/v2", 30, "flowcontrol.apiserver.k8s.io/v1", 21);

  private Priorities() {}

  /// Of a group that is not built in: as of custom resources.
  public static Priority of(String group, String version) {
    Integer ofGroup = GROUPS.get(group);
    if (ofGroup == null) {
      return Priority.CUSTOM;
    }
    String name = group.isEmpty() ? version : group + "/" + version;
    int usual = version.contains("alpha") ? ALPHA : version.contains("beta") ? BETA : STABLE;
    return new Priority(ofGroup, VERSIONS.getOrDefault(name, usual));
  }
}
