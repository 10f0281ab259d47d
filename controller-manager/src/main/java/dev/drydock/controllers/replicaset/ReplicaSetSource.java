package dev.drydock.controllers.replicaset;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.client.cache.Indexes;
import dev.drydock.client.cache.Lister;
import dev.drydock.client.resource.Api;
import dev.drydock.client.resource.Kinds;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.List;
import java.util.Optional;

/// ReplicaSets themselves.
final class ReplicaSetSource implements ReplicaSource {
  private final Lister<ReplicaSet> lister;
  private final Api api;

  ReplicaSetSource(Lister<ReplicaSet> lister, Api api) {
    this.lister = lister;
    this.api = api;
  }

  @Override
  public Optional<ReplicaSet> get(ObjectKey key) {
    return lister.get(key);
  }

  @Override
  public ReplicaSet live(ObjectKey key) {
    return api.resource(Kinds.REPLICA_SET).get(key);
  }

  @Override
  public Owner owner(ReplicaSet set) {
    return Owner.of("apps/v1", "ReplicaSet", set);
  }

  @Override
  public List<ReplicaSet> siblings(ReplicaSet set) {
    return Owner.controllerOf(set)
        .map(owner -> lister.byIndex(Indexes.controllerUid(), owner.getUid()))
        .orElseGet(() -> List.of(set));
  }

  @Override
  public void writeStatus(ReplicaSet seen, ReplicaSetStatus status) {
    api.status(Kinds.REPLICA_SET).update(new ReplicaSetBuilder(seen).withStatus(status).build());
  }
}
