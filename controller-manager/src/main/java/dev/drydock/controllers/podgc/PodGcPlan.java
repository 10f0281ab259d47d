package dev.drydock.controllers.podgc;

import dev.drydock.controllers.podgc.PodGcAction.Disruption;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which pods nobody else will ever remove.
public final class PodGcPlan {
  private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

  private PodGcPlan() {}

  /// What the plan is made from.
  ///
  /// @param goneNodes names of nodes that have been absent long enough, verified
  /// @param terminatedLimit how many ended pods may stay; 0: all
  public record Observed(
      Collection<Pod> pods, Collection<Node> nodes, Set<String> goneNodes, int terminatedLimit) {
    public Observed {
      pods = List.copyOf(pods);
      nodes = List.copyOf(nodes);
      goneNodes = Set.copyOf(goneNodes);
    }
  }

  public static List<PodGcAction> of(Observed observed) {
    var byPod = new HashMap<String, PodGcAction>();
    surplusTerminated(observed).forEach(action -> add(byPod, action));
    Map<String, Node> nodes = new HashMap<>();
    observed.nodes().forEach(node -> nodes.put(node.getMetadata().getName(), node));
    for (Pod pod : observed.pods()) {
      String node = PodFacts.nodeName(pod);
      if (node.isEmpty()) {
        if (PodFacts.isTerminating(pod)) {
          add(byPod, new PodGcAction(pod, null));
        }
      } else if (observed.goneNodes().contains(node)) {
        add(byPod, disrupted(pod, "PodGC: node no longer exists"));
      } else if (PodFacts.isTerminating(pod) && isOutOfService(nodes.get(node))) {
        add(byPod, new PodGcAction(pod, null));
      }
    }
    return List.copyOf(byPod.values());
  }

  private static void add(Map<String, PodGcAction> actions, PodGcAction action) {
    actions.putIfAbsent(action.pod().getMetadata().getUid(), action);
  }

  private static PodGcAction disrupted(Pod pod, String message) {
    return new PodGcAction(
        pod, PodFacts.isTerminal(pod) ? null : new Disruption("DeletionByPodGC", message));
  }

  /// The oldest ended pods beyond the limit; evicted ones first.
  private static List<PodGcAction> surplusTerminated(Observed observed) {
    if (observed.terminatedLimit() <= 0) {
      return List.of();
    }
    List<Pod> ended =
        observed.pods().stream()
            .filter(PodFacts::isTerminal)
            .filter(pod -> !PodFacts.isTerminating(pod))
            .sorted(
                Comparator.comparing((Pod pod) -> !isEvicted(pod))
                    .thenComparing(PodFacts::createdAt)
                    .thenComparing(pod -> pod.getMetadata().getName()))
            .toList();
    var actions = new ArrayList<PodGcAction>();
    int surplus = ended.size() - observed.terminatedLimit();
    for (int i = 0; i < surplus; i++) {
      actions.add(new PodGcAction(ended.get(i), null));
    }
    return actions;
  }

  private static boolean isEvicted(Pod pod) {
    return "Evicted".equals(pod.getStatus().getReason());
  }

  /// Nobody will confirm the end of the node's pods: it is not ready, and was declared dead.
  private static boolean isOutOfService(@Nullable Node node) {
    if (node == null || node.getSpec() == null || node.getStatus() == null) {
      return false;
    }
    boolean declared =
        node.getSpec().getTaints().stream()
            .anyMatch(taint -> OUT_OF_SERVICE.equals(taint.getKey()));
    boolean ready = false;
    for (NodeCondition condition : node.getStatus().getConditions()) {
      ready |= "Ready".equals(condition.getType()) && "True".equals(condition.getStatus());
    }
    return declared && !ready;
  }
}
