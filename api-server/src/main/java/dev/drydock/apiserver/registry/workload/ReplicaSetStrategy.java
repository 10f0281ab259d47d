package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// ReplicaSets.
public final class ReplicaSetStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting().absentMeans("status.replicas", "0");
  static final List<String> PARTS =
      List.of("fullyLabeledReplicas", "readyReplicas", "availableReplicas");

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
    check(set, found);
    NameWarnings.tellUnlessLabel(Field.root(set), "Pod names and hostnames", found);
  }

  private static void check(ObjectNode set, Violations found) {
    Workloads.check(set, "replicaset", found);
  }

  @Override
  public void validateUpdate(ObjectNode set, ObjectNode before, Violations found) {
    if (!Objects.equals(set.get("status"), before.get("status"))) {
      ReplicaStatusRules.check(
          Field.root(set).child("status"), PARTS, "cannot be greater than readyReplicas", found);
    }
    if (!Workloads.sameSpec(set, before)) {
      check(set, found);
      Workloads.checkSelectorUnchanged(set, before, found);
    }
  }
}
