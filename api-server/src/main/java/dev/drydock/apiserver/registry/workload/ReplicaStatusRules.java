package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What the numbers of replicas in a status must be like.
final class ReplicaStatusRules {
  private ReplicaStatusRules() {}

  /// @param words how a number is said to be more than all replicas
  static void check(Field status, List<String> parts, String words, Violations found) {
    long all = status.child("replicas").number(0);
    found.notNegative(status.child("replicas"));
    found.notNegative(status.child("observedGeneration"));
    found.notNegative(status.child("terminatingReplicas"));
    for (String part : parts) {
      found.notNegative(status.child(part));
      if (status.child(part).number(0) > all) {
        found.invalid(status.child(part), words);
      }
    }
    if (status.child("availableReplicas").number(0) > status.child("readyReplicas").number(0)) {
      found.invalid(status.child("availableReplicas"), "cannot be greater than readyReplicas");
    }
  }
}
