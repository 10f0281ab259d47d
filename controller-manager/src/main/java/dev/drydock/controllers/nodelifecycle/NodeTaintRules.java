package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.time.KubernetesTime;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The taints that a node should carry because of its conditions. Others' taints are left alone.
final class NodeTaintRules {
  static final String NOT_READY = "node.kubernetes.io/not-ready";
  static final String UNREACHABLE = "node.kubernetes.io/unreachable";
  private static final String UNSCHEDULABLE = "node.kubernetes.io/unschedulable";
  private static final String NO_SCHEDULE = "NoSchedule";
  private static final String NO_EXECUTE = "NoExecute";

  private static final Set<String> BY_CONDITION =
      Set.of(
          NOT_READY,
          UNREACHABLE,
          UNSCHEDULABLE,
          "node.kubernetes.io/memory-pressure",
          "node.kubernetes.io/disk-pressure",
          "node.kubernetes.io/network-unavailable",
          "node.kubernetes.io/pid-pressure");

  private NodeTaintRules() {}

  static List<Taint> taints(Node node) {
    return node.getSpec() == null ? List.of() : node.getSpec().getTaints();
  }

  /// All taints of the node with those of effect `NoSchedule` as its conditions want them; empty
  /// when they are so already.
  static Optional<List<Taint>> withNoSchedule(Node node, Instant now) {
    var wanted = new LinkedHashSet<String>();
    NodeConditions.of(node).forEach(condition -> noScheduleKey(condition).ifPresent(wanted::add));
    if (node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable())) {
      wanted.add(UNSCHEDULABLE);
    }
    return withKeys(node, NO_SCHEDULE, BY_CONDITION, wanted, now);
  }

  private static Optional<String> noScheduleKey(NodeCondition condition) {
    String status = condition.getStatus();
    boolean holds = NodeConditions.TRUE.equals(status);
    return switch (condition.getType()) {
      case "Ready" ->
          switch (status) {
            case NodeConditions.FALSE -> Optional.of(NOT_READY);
            case NodeConditions.UNKNOWN -> Optional.of(UNREACHABLE);
            default -> Optional.empty();
          };
      case "MemoryPressure" -> onlyIf(holds, "node.kubernetes.io/memory-pressure");
      case "DiskPressure" -> onlyIf(holds, "node.kubernetes.io/disk-pressure");
      case "NetworkUnavailable" -> onlyIf(holds, "node.kubernetes.io/network-unavailable");
      case "PIDPressure" -> onlyIf(holds, "node.kubernetes.io/pid-pressure");
      default -> Optional.empty();
    };
  }

  private static Optional<String> onlyIf(boolean holds, String key) {
    return holds ? Optional.of(key) : Optional.empty();
  }

  /// All taints of the node with the expelling one that goes with this readiness, and not the
  /// other; empty when they are so already.
  static Optional<List<Taint>> withNoExecute(Node node, String ready, Instant now) {
    Set<String> wanted =
        switch (ready) {
          case NodeConditions.TRUE -> Set.of();
          case NodeConditions.FALSE -> Set.of(NOT_READY);
          default -> Set.of(UNREACHABLE);
        };
    return withKeys(node, NO_EXECUTE, Set.of(NOT_READY, UNREACHABLE), wanted, now);
  }

  /// Whether pods are being expelled already, for either reason.
  static boolean isExpelling(Node node) {
    return taints(node).stream()
        .anyMatch(
            taint ->
                NO_EXECUTE.equals(taint.getEffect())
                    && (NOT_READY.equals(taint.getKey()) || UNREACHABLE.equals(taint.getKey())));
  }

  private static Optional<List<Taint>> withKeys(
      Node node, String effect, Set<String> managed, Set<String> wanted, Instant now) {
    var result = new ArrayList<Taint>();
    var missing = new LinkedHashSet<>(wanted);
    for (Taint taint : taints(node)) {
      boolean ours = effect.equals(taint.getEffect()) && managed.contains(taint.getKey());
      if (!ours || missing.remove(taint.getKey())) {
        result.add(taint);
      }
    }
    for (String key : missing) {
      result.add(
          new TaintBuilder()
              .withKey(key)
              .withEffect(effect)
              .withTimeAdded(KubernetesTime.seconds(now))
              .build());
    }
    return result.equals(taints(node)) ? Optional.empty() : Optional.of(result);
  }
}
