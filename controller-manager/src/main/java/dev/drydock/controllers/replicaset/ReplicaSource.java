package dev.drydock.controllers.replicaset;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.controllers.ownership.Owner;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetStatus;
import java.util.List;
import java.util.Optional;

/// Where a number of replicas is asked for: a ReplicaSet, or a ReplicationController seen as one.
interface ReplicaSource {
  /// From the cache.
  Optional<ReplicaSet> get(ObjectKey key);

  /// From the server.
  ReplicaSet live(ObjectKey key);

  /// How pods refer to it.
  Owner owner(ReplicaSet set);

  /// Sets that have the same owner, itself included.
  List<ReplicaSet> siblings(ReplicaSet set);

  /// @param seen the state that the status was made from
  void writeStatus(ReplicaSet seen, ReplicaSetStatus status);
}
