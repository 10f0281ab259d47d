package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ResourceClaimTemplates.
public final class ClaimTemplateStrategy implements ResourceStrategy {
  private final DeviceRules rules;

  public ClaimTemplateStrategy(CelEnvironment cel) {
    this.rules = new DeviceRules(cel);
  }

  @Override
  public void applyDefaults(ObjectNode template) {
    if (Trees.at(template, "spec", "spec") instanceof ObjectNode spec) {
      DeviceRules.applyDefaults(spec);
    }
  }

  @Override
  public void validateCreate(ObjectNode template, Violations found) {
    Field spec = Field.root(template).child("spec");
    DeviceRules.checkTemplateMetadata(spec.child("metadata"), found);
    rules.checkClaim(spec.child("spec"), found);
  }

  @Override
  public void validateUpdate(ObjectNode template, ObjectNode before, Violations found) {
    found.unchanged(Field.root(template).child("spec"), Trees.at(before, "spec"));
  }
}
