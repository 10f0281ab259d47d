package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaims: what is claimed never changes.
public final class ResourceClaimStrategy implements ResourceStrategy {
  private final DeviceRules rules;

  public ResourceClaimStrategy(CelEnvironment cel) {
    this.rules = new DeviceRules(cel);
  }

  @Override
  public void applyDefaults(ObjectNode claim) {
    if (claim.get("spec") instanceof ObjectNode spec) {
      DeviceRules.applyDefaults(spec);
    }
  }

  @Override
  public void validateCreate(ObjectNode claim, Violations found) {
    rules.checkClaim(Field.root(claim).child("spec"), found);
  }

  @Override
  public void validateUpdate(ObjectNode claim, ObjectNode before, Violations found) {
    Field root = Field.root(claim);
    found.unchanged(root.child("spec"), Trees.at(before, "spec"));
    if (Violations.differs(root.child("status"), Trees.at(before, "status"))) {
      ClaimStatusRules.check(claim, before, found);
    }
  }
}
