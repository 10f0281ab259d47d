package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.time.KubernetesTime;
import dev.drydock.controllers.moment.Moment;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether a node is alive, and what must be said of it when it is not.
final class NodeHealthRules {
  private static final List<String> TYPES =
      List.of(NodeConditions.READY, "MemoryPressure", "DiskPressure", "PIDPressure");

  private NodeHealthRules() {}

  /// Takes note of signs of life.
  ///
  /// @param before null: the node is seen for the first time
  static NodeHealth observe(
      Node node, @Nullable Lease lease, @Nullable NodeHealth before, Instant now) {
    Optional<NodeCondition> ready = NodeConditions.find(node, NodeConditions.READY);
    String heartbeat =
        ready
            .filter(condition -> !isOurs(condition))
            .map(NodeCondition::getLastHeartbeatTime)
            .orElseGet(() -> before == null ? "" : before.heartbeat());
    String renewed =
        lease == null || lease.getSpec() == null || lease.getSpec().getRenewTime() == null
            ? ""
            : lease.getSpec().getRenewTime().toInstant().toString();
    if (before == null) {
      Instant since = ready.isPresent() ? now : created(node);
      return new NodeHealth(heartbeat, renewed, since);
    }
    boolean sign =
        !heartbeat.equals(before.heartbeat())
            || (!renewed.isEmpty() && !renewed.equals(before.lease()));
    return new NodeHealth(heartbeat, renewed, sign ? now : before.alive());
  }

  /// A condition that was made for a node that never wrote one.
  private static boolean isOurs(NodeCondition condition) {
    return "NodeStatusNeverUpdated".equals(condition.getReason());
  }

  /// The conditions that the node should have: its own while it is alive; unknown ones when it has
  /// been silent for too long.
  static List<NodeCondition> judge(
      Node node, NodeHealth health, NodeLifecycleSettings settings, Moment at) {
    boolean started = NodeConditions.find(node, NodeConditions.READY).isPresent();
    Duration grace = started ? settings.gracePeriod() : settings.startupGracePeriod();
    if (at.since(health.alive()).compareTo(grace) <= 0) {
      return NodeConditions.of(node);
    }
    var conditions = new ArrayList<>(NodeConditions.of(node));
    for (String type : TYPES) {
      Optional<NodeCondition> known = NodeConditions.find(node, type);
      if (known.isEmpty()) {
        conditions.add(neverReported(node, type, at.now()));
      } else if (!known.get().getStatus().equals(NodeConditions.UNKNOWN)) {
        conditions.set(conditions.indexOf(known.get()), silent(known.get(), at.now()));
      }
    }
    return conditions;
  }

  private static NodeCondition neverReported(Node node, String type, Instant now) {
    return new NodeConditionBuilder()
        .withType(type)
        .withStatus(NodeConditions.UNKNOWN)
        .withReason("NodeStatusNeverUpdated")
        .withMessage("Kubelet never posted node status.")
        .withLastHeartbeatTime(KubernetesTime.seconds(created(node)))
        .withLastTransitionTime(KubernetesTime.seconds(now))
        .build();
  }

  private static NodeCondition silent(NodeCondition known, Instant now) {
    return new NodeConditionBuilder(known)
        .withStatus(NodeConditions.UNKNOWN)
        .withReason("NodeStatusUnknown")
        .withMessage("Kubelet stopped posting node status.")
        .withLastTransitionTime(KubernetesTime.seconds(now))
        .build();
  }

  private static Instant created(Node node) {
    return KubernetesTime.parseOrEpoch(node.getMetadata().getCreationTimestamp());
  }
}
