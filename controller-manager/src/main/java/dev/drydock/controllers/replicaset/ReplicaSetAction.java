package dev.drydock.controllers.replicaset;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.util.List;

/// What a ReplicaSet wants done about its pods.
public sealed interface ReplicaSetAction {
  record CreatePods(int count) implements ReplicaSetAction {}

  /// @param pods the ones that will be missed least
  record DeletePods(List<Pod> pods) implements ReplicaSetAction {
    public DeletePods {
      pods = List.copyOf(pods);
    }
  }

  /// Time alone will make a pod available: look again when that is due.
  record LookAgain(Duration after) implements ReplicaSetAction {}
}
