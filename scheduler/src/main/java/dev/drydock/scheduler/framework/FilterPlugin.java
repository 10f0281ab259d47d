package dev.drydock.scheduler.framework;

/// A rule that excludes nodes. Pure: no client, no clock, no state.
public interface FilterPlugin {

  /// As Kubernetes calls it: `NodeResourcesFit`.
  String name();

  /// Does once what is the same for all nodes. Return [NodeFilter#ANY] when the rule does not
  /// concern the pod.
  NodeFilter forPod(PodView pod, ClusterView cluster);

  /// Whether a change may let a pod fit that this rule has rejected. When in doubt, yes.
  boolean mayHelp(ClusterChange change, PodView pod);
}
