package dev.drydock.scheduler;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Patch;
import dev.drydock.client.resource.ResourceClient;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes into a pod's status why it has no node.
final class PodConditions {
  private static final Logger LOG = LoggerFactory.getLogger(PodConditions.class);
  private static final String TYPE = "PodScheduled";
  private static final String FALSE = "False";

  private final ResourceClient<Pod> statuses;
  private final InstantSource clock;

  /// Why a pod has no node.
  enum Reason {
    UNSCHEDULABLE("Unschedulable"),
    SCHEDULING_GATED("SchedulingGated"),
    SCHEDULER_ERROR("SchedulerError");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  PodConditions(Api api, InstantSource clock) {
    this.statuses = api.status(Kinds.POD);
    this.clock = clock;
  }

  /// Whether the pod's status does not say so yet.
  boolean isNews(Pod pod, Reason reason, String message) {
    return present(pod)
        .filter(
            condition ->
                FALSE.equals(condition.getStatus())
                    && reason.text.equals(condition.getReason())
                    && message.equals(condition.getMessage()))
        .isEmpty();
  }

  private static Optional<PodCondition> present(Pod pod) {
    return pod.getStatus() == null
        ? Optional.empty()
        : pod.getStatus().getConditions().stream()
            .filter(condition -> TYPE.equals(condition.getType()))
            .findFirst();
  }

  /// Says so. A failure is left alone: the next attempt says it again.
  ///
  /// @param nominatedNode where room is being made for the pod; empty: nowhere
  void write(Pod pod, Reason reason, String message, String nominatedNode) {
    String since =
        present(pod)
            .filter(condition -> FALSE.equals(condition.getStatus()))
            .map(PodCondition::getLastTransitionTime)
            .filter(Objects::nonNull)
            .orElseGet(() -> KubernetesTime.seconds(clock.instant()));
    PodCondition condition =
        new PodConditionBuilder()
            .withType(TYPE)
            .withStatus(FALSE)
            .withReason(reason.text)
            .withMessage(message)
            .withLastTransitionTime(since)
            .build();
    Map<String, Object> status = new HashMap<>();
    status.put("conditions", List.of(condition));
    if (!nominatedNode.isEmpty()) {
      status.put("nominatedNodeName", nominatedNode);
    }
    patch(pod, status);
  }

  /// Says that the pod is about to be evicted.
  void disrupted(Pod pod, String message) {
    PodCondition condition =
        new PodConditionBuilder()
            .withType("DisruptionTarget")
            .withStatus("True")
            .withReason("PreemptionByScheduler")
            .withMessage(message)
            .withLastTransitionTime(KubernetesTime.seconds(clock.instant()))
            .build();
    patch(pod, Map.of("conditions", List.of(condition)));
  }

  private void patch(Pod pod, Map<String, Object> status) {
    byte[] document = TypedCodec.write(Map.of("status", status));
    try {
      statuses.patch(
          ObjectKey.of(pod),
          new Patch.StrategicMerge(new String(document, StandardCharsets.UTF_8)));
    } catch (ApiException failure) {
      LOG.debug("status of {} not written: {}", ObjectKey.of(pod), failure.getMessage());
    }
  }
}
