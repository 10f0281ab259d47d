package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What the numbers of replicas in a status must be like.
final class ReplicaStatusRules {
  private ReplicaStatusRules() {}

  /// @param tooMany how the available ones are said to be more than those that are ready
  static void check(Field status, List<String> parts, String tooMany, Violations found) {
    long all = status.child("replicas").number(0);
    for (String number : List.of("replicas", "observedGeneration", "terminatingReplicas")) {
      found.notNegative(status.child(number));
    }
    for (String part : parts) {
      found.notNegative(status.child(part));
    }
    for (String part : parts) {
      if (status.child(part).number(0) > all) {
        found.invalid(status.child(part), "cannot be greater than status.replicas");
      }
    }
    if (status.child("availableReplicas").number(0) > status.child("readyReplicas").number(0)) {
      found.invalid(status.child("availableReplicas"), tooMany);
    }
  }

  static void checkCollisions(Field status, ObjectNode before, Violations found) {
    Field count = status.child("collisionCount");
    found.notNegative(count);
    if (count.number(0) < Trees.number(before, 0, "status", "collisionCount")) {
      found.add(FieldError.invalid(count.path(), count.number(0), "cannot be decremented"));
    }
  }
}
