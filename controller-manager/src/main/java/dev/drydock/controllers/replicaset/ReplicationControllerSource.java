package dev.drydock.controllers.replicaset;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.ReplicationController;
import io.fabric8.kubernetes.api.model.ReplicationControllerBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerConditionBuilder;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatus;
import io.fabric8.kubernetes.api.model.ReplicationControllerStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatusBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// ReplicationControllers, seen as ReplicaSets.
final class ReplicationControllerSource implements ReplicaSource {
  private final Lister<ReplicationController> lister;
  private final Api api;

  ReplicationControllerSource(Lister<ReplicationController> lister, Api api) {
    this.lister = lister;
    this.api = api;
  }

  @Override
  public Optional<ReplicaSet> get(ObjectKey key) {
    return lister.get(key).map(ReplicationControllerSource::seenAsSet);
  }

  @Override
  public ReplicaSet live(ObjectKey key) {
    return seenAsSet(api.resource(Kinds.REPLICATION_CONTROLLER).get(key));
  }

  @Override
  public Owner owner(ReplicaSet set) {
    return Owner.of("v1", "ReplicationController", set);
  }

  @Override
  public List<ReplicaSet> siblings(ReplicaSet set) {
    return List.of(set);
  }

  @Override
  public void writeStatus(ReplicaSet seen, ReplicaSetStatus status) {
    ReplicationController known = lister.get(ObjectKey.of(seen)).orElseThrow();
    var written =
        new ReplicationControllerStatusBuilder()
            .withReplicas(status.getReplicas())
            .withFullyLabeledReplicas(status.getFullyLabeledReplicas())
            .withReadyReplicas(status.getReadyReplicas())
            .withAvailableReplicas(status.getAvailableReplicas())
            .withObservedGeneration(status.getObservedGeneration())
            .withConditions(
                status.getConditions().stream()
                    .map(
                        condition ->
                            new ReplicationControllerConditionBuilder()
                                .withType(condition.getType())
                                .withStatus(condition.getStatus())
                                .withReason(condition.getReason())
                                .withMessage(condition.getMessage())
                                .withLastTransitionTime(condition.getLastTransitionTime())
                                .build())
                    .toList())
            .build();
    if (!written.equals(known.getStatus())) {
      api.status(Kinds.REPLICATION_CONTROLLER)
          .update(
              new ReplicationControllerBuilder(known)
                  .editMetadata()
                  .withResourceVersion(seen.getMetadata().getResourceVersion())
                  .endMetadata()
                  .withStatus(written)
                  .build());
    }
  }

  private static ReplicaSet seenAsSet(ReplicationController from) {
    return new ReplicaSetBuilder()
        .withApiVersion("v1")
        .withKind("ReplicationController")
        .withMetadata(from.getMetadata())
        .withNewSpec()
        .withReplicas(from.getSpec().getReplicas())
        .withMinReadySeconds(from.getSpec().getMinReadySeconds())
        .withNewSelector()
        .withMatchLabels(from.getSpec().getSelector())
        .endSelector()
        .withTemplate(from.getSpec().getTemplate())
        .endSpec()
        .withStatus(seenAsSetStatus(from.getStatus()))
        .build();
  }

  private static @Nullable ReplicaSetStatus seenAsSetStatus(
      @Nullable ReplicationControllerStatus from) {
    if (from == null) {
      return null;
    }
    return new ReplicaSetStatusBuilder()
        .withReplicas(from.getReplicas())
        .withFullyLabeledReplicas(from.getFullyLabeledReplicas())
        .withReadyReplicas(from.getReadyReplicas())
        .withAvailableReplicas(from.getAvailableReplicas())
        .withObservedGeneration(from.getObservedGeneration())
        .withConditions(
            from.getConditions().stream()
                .map(
                    condition ->
                        new ReplicaSetConditionBuilder()
                            .withType(condition.getType())
                            .withStatus(condition.getStatus())
                            .withReason(condition.getReason())
                            .withMessage(condition.getMessage())
                            .withLastTransitionTime(condition.getLastTransitionTime())
                            .build())
                .toList())
        .build();
  }
}
