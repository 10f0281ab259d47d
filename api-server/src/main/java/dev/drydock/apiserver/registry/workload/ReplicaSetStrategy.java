package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ReplicaSets.
public final class ReplicaSetStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting().selectableBy("status.replicas");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode set) {
    Workloads.applyDefaults(set);
  }

  @Override
  public void validateCreate(ObjectNode set, Violations found) {
    Workloads.check(set, "replicaset", found);
  }

  @Override
  public void validateUpdate(ObjectNode set, ObjectNode before, Violations found) {
    for (String count :
        new String[] {
          "replicas",
          "fullyLabeledReplicas",
          "readyReplicas",
          "availableReplicas",
          "observedGeneration"
        }) {
      found.notNegative(Field.root(set).child("status", count));
    }
    if (!Workloads.sameSpec(set, before)) {
      validateCreate(set, found);
      Workloads.checkSelectorUnchanged(set, before, found);
    }
  }
}
