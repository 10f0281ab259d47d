package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.batch.Batch;
import dev.drydock.controllers.pods.PodFacts;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.Taint;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The writes of this controller. Each holds only for the state that was seen.
final class NodeWriter {
  private final Api api;
  private final EventRecorder events;

  NodeWriter(Api api, EventRecorder events) {
    this.api = api;
    this.events = events;
  }

  /// @return the node as it is then
  Node conditions(Node node, List<NodeCondition> conditions) {
    return api.status(Kinds.NODE)
        .update(new NodeBuilder(node).editStatus().withConditions(conditions).endStatus().build());
  }

  /// @return the node as it is then
  Node taints(Node node, List<Taint> taints) {
    return api.resource(Kinds.NODE)
        .update(new NodeBuilder(node).editOrNewSpec().withTaints(taints).endSpec().build());
  }

  /// Takes pods of a silent node out of service: nobody else can say that they are not ready.
  ///
  /// @return the first failure
  Optional<RuntimeException> podsNotReady(Collection<Pod> pods, Instant now)
      throws InterruptedException {
    List<Pod> ready = pods.stream().filter(PodFacts::isReady).toList();
    return Batch.all(ready, pod -> notReady(pod, now));
  }

  private void notReady(Pod pod, Instant now) {
    PodCondition known = PodFacts.condition(pod, "Ready").orElseThrow();
    PodCondition condition =
        new PodConditionBuilder(known)
            .withStatus("False")
            .withLastTransitionTime(KubernetesTime.seconds(now))
            .build();
    try {
      api.status(Kinds.POD)
          .update(
              new PodBuilder(pod)
                  .editStatus()
                  .removeMatchingFromConditions(each -> "Ready".equals(each.getType()))
                  .addToConditions(condition)
                  .endStatus()
                  .build());
      events.record(pod, EventRecorder.Type.WARNING, "NodeNotReady", "Node is not ready");
    } catch (ApiException e) {
      if (!e.isNotFound()) {
        throw e;
      }
    }
  }

  void tell(Node node, String reason, String what) {
    events.record(node, EventRecorder.Type.NORMAL, reason, what);
  }
}
