package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaimTemplates.
public final class ClaimTemplateStrategy implements ResourceStrategy {

  @Override
  public void applyDefaults(ObjectNode template) {
    if (Trees.at(template, "spec", "spec") instanceof ObjectNode spec) {
      DeviceRules.applyDefaults(spec);
    }
  }

  @Override
  public void validateCreate(ObjectNode template, Violations found) {
    Field spec = Field.root(template).child("spec");
    Labels.check(spec.child("metadata", "labels"), found);
    DeviceRules.checkClaim(spec.child("spec"), found);
  }

  @Override
  public void validateUpdate(ObjectNode template, ObjectNode before, Violations found) {
    found.unchanged(Field.root(template).child("spec"), Trees.at(before, "spec"));
  }
}
