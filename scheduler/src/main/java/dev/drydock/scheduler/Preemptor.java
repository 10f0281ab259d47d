package dev.drydock.scheduler;

import dev.drydock.api.meta.Uid;
import dev.drydock.api.status.ApiException;
import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Deletion;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.ResourceClient;
import dev.drydock.scheduler.framework.PodView;
import dev.drydock.scheduler.preemption.Preemption;
import io.fabric8.kubernetes.api.model.Pod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Evicts the pods that were chosen to make room.
final class Preemptor {
  private static final Logger LOG = LoggerFactory.getLogger(Preemptor.class);

  private final ResourceClient<Pod> pods;
  private final PodConditions conditions;
  private final EventRecorder events;
  private final String schedulerName;

  Preemptor(Api api, PodConditions conditions, EventRecorder events, String schedulerName) {
    this.pods = api.resource(Kinds.POD);
    this.conditions = conditions;
    this.events = events;
    this.schedulerName = schedulerName;
  }

  /// Asks each victim to end; one that is gone already is all the better.
  void evict(PodView preemptor, Preemption.Choice choice) {
    for (PodView victim : choice.victims()) {
      if (victim.pod().getMetadata().getDeletionTimestamp() == null) {
        evict(preemptor, victim, choice.node());
      }
    }
  }

  private void evict(PodView preemptor, PodView victim, String node) {
    try {
      conditions.disrupted(
          victim.pod(), schedulerName + ": preempting to accommodate a higher priority pod");
      pods.delete(victim.key(), Deletion.DEFAULT.onlyIf(Uid.of(victim.pod())));
      events.record(
          victim.pod(),
          EventRecorder.Type.NORMAL,
          "Preempted",
          "Preempted by pod " + preemptor.uid() + " on node " + node);
    } catch (ApiException failure) {
      LOG.debug("{} not preempted: {}", victim.key(), failure.getMessage());
    }
  }
}
