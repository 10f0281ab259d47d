package dev.drydock.controllers.nodelifecycle;

import dev.drydock.api.meta.ObjectKey;
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
import java.util.function.Function;

/// The writes of this controller.
final class NodeWriter {
  /// As often as Kubernetes' own helper tries to change taints.
  private static final int ATTEMPTS = 5;

  private final Api api;
  private final EventRecorder events;

  NodeWriter(Api api, EventRecorder events) {
    this.api = api;
    this.events = events;
  }

  /// Holds only for the state that was seen.
  ///
  /// @return the node as it is then
  Node conditions(Node node, List<NodeCondition> conditions) {
    return api.status(Kinds.NODE)
        .update(new NodeBuilder(node).editStatus().withConditions(conditions).endStatus().build());
  }

  /// Changes taints. When somebody else's write comes between, the change is made to what he wrote.
  ///
  /// @param wanted all taints that a node should have; nothing when they are right
  /// @return what was written
  Optional<List<Taint>> taints(Node seen, Function<Node, Optional<List<Taint>>> wanted) {
    Node node = seen;
    for (int left = ATTEMPTS - 1; ; left--) {
      Optional<List<Taint>> taints = wanted.apply(node);
      if (taints.isEmpty()) {
        return taints;
      }
      try {
        api.resource(Kinds.NODE)
            .update(
                new NodeBuilder(node).editOrNewSpec().withTaints(taints.get()).endSpec().build());
        return taints;
      } catch (ApiException e) {
        if (!e.isConflict() || left == 0) {
          throw e;
        }
        node = api.resource(Kinds.NODE).get(ObjectKey.of(node));
      }
    }
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
