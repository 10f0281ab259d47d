package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaims: what is claimed never changes.
public final class ResourceClaimStrategy implements ResourceStrategy {
  private static final int MOST_CONSUMERS = 256;

  @Override
  public void applyDefaults(ObjectNode claim) {
    if (claim.get("spec") instanceof ObjectNode spec) {
      DeviceRules.applyDefaults(spec);
    }
  }

  @Override
  public void validateCreate(ObjectNode claim, Violations found) {
    DeviceRules.checkClaim(Field.root(claim).child("spec"), found);
  }

  @Override
  public void validateUpdate(ObjectNode claim, ObjectNode before, Violations found) {
    Field root = Field.root(claim);
    found.unchanged(root.child("spec"), Trees.at(before, "spec"));
    found.atMost(root.child("status", "reservedFor"), MOST_CONSUMERS);
    boolean stillAllocated =
        Trees.has(before, "status", "allocation") && Trees.has(claim, "status", "allocation");
    if (stillAllocated) {
      found.unchanged(root.child("status", "allocation"), Trees.at(before, "status", "allocation"));
    }
    for (Field consumer : root.child("status", "reservedFor").items()) {
      for (String field : new String[] {"resource", "name", "uid"}) {
        found.present(consumer.child(field), "");
      }
    }
    if (!root.child("status", "reservedFor").isEmpty()
        && !root.child("status", "allocation").isPresent()) {
      found.forbidden(
          root.child("status", "reservedFor"), "may not be specified when `allocated` is not set");
    }
  }
}
