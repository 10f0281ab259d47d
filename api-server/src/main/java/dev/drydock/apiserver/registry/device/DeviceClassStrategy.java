package dev.drydock.apiserver.registry.device;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// DeviceClasses.
public final class DeviceClassStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode deviceClass, Violations found) {
    Field spec = Field.root(deviceClass).child("spec");
    DeviceRules.checkSelectors(spec.child("selectors"), found);
    for (Field config : spec.child("config").items()) {
      DeviceRules.checkOpaque(config.child("opaque"), found);
    }
    if (!spec.child("extendedResourceName").isEmpty()) {
      found.conforms(spec.child("extendedResourceName"), Names::qualified);
    }
  }
}
