package dev.drydock.scheduler.plugins.spread;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.selector.NodeSelection;
import dev.drydock.api.selector.Requirement;
import dev.drydock.scheduler.framework.ClusterView;
import dev.drydock.scheduler.framework.NodeView;
import dev.drydock.scheduler.framework.PodClass;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.framework.Tolerations;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One constraint of one pod: how unevenly the selected pods may lie over the domains of a key.
///
/// @param minDomains with fewer eligible domains the smallest count is taken as zero
record SpreadConstraint(
    int maxSkew,
    String key,
    LabelSelector selector,
    int minDomains,
    boolean honoursAffinity,
    boolean honoursTaints) {
  static final String HOSTNAME = "kubernetes.io/hostname";
  static final String ZONE = "topology.kubernetes.io/zone";

  /// @param whenUnsatisfiable `DoNotSchedule` or `ScheduleAnyway`
  static List<SpreadConstraint> of(PodView pod, String whenUnsatisfiable) {
    var list = new ArrayList<SpreadConstraint>();
    for (TopologySpreadConstraint each : pod.pod().getSpec().getTopologySpreadConstraints()) {
      if (whenUnsatisfiable.equals(each.getWhenUnsatisfiable())) {
        list.add(
            new SpreadConstraint(
                each.getMaxSkew() == null ? 1 : each.getMaxSkew(),
                each.getTopologyKey(),
                selector(each, pod.podClass().labels()),
                each.getMinDomains() == null ? 1 : each.getMinDomains(),
                !"Ignore".equals(each.getNodeAffinityPolicy()),
                "Honor".equals(each.getNodeTaintsPolicy())));
      }
    }
    return list;
  }

  private static LabelSelector selector(
      TopologySpreadConstraint constraint, Map<String, String> labels) {
    LabelSelector selector = LabelSelector.of(constraint.getLabelSelector());
    var all = new ArrayList<>(selector.requirements());
    for (String key : constraint.getMatchLabelKeys()) {
      @Nullable String value = labels.get(key);
      if (value != null) {
        all.add(new Requirement(key, Requirement.Operator.IN, List.of(value)));
      }
    }
    return new LabelSelector(all);
  }

  /// What Kubernetes does for pods that say nothing: loosely over nodes and zones.
  static List<SpreadConstraint> byDefault(PodView pod) {
    LabelSelector workload = pod.workload();
    if (workload.equals(LabelSelector.NOTHING) || workload.matchesEverything()) {
      return List.of();
    }
    return List.of(
        new SpreadConstraint(3, HOSTNAME, workload, 1, true, false),
        new SpreadConstraint(5, ZONE, workload, 1, true, false));
  }

  boolean isPerNode() {
    return key.equals(HOSTNAME);
  }

  /// Whether the node takes part in the spreading of the pod.
  boolean counts(PodView pod, NodeView node) {
    return (!honoursAffinity || NodeSelection.matches(pod.pod(), node.name(), node.labels()))
        && (!honoursTaints || Tolerations.toleratesAll(pod.pod(), node.taints()));
  }

  /// How many selected pods are on which node.
  Map<String, Integer> selectedByNode(PodView pod, ClusterView cluster) {
    Map<String, Integer> counts = new HashMap<>();
    cluster
        .classes()
        .forEach(
            (podClass, byNode) -> {
              if (podClass.namespace().equals(pod.podClass().namespace())
                  && podClass.life() == PodClass.Life.LASTING
                  && selector.matches(podClass.labels())) {
                byNode.forEach((node, count) -> counts.merge(node, count, Integer::sum));
              }
            });
    return counts;
  }

  static boolean hasAllKeys(List<SpreadConstraint> constraints, NodeView node) {
    for (SpreadConstraint constraint : constraints) {
      if (!node.labels().containsKey(constraint.key())) {
        return false;
      }
    }
    return true;
  }
}
