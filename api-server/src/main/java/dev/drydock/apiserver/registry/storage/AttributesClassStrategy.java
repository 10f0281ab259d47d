package dev.drydock.apiserver.registry.storage;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// VolumeAttributesClasses.
public final class AttributesClassStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode attributes, Violations found) {
    Field root = Field.root(attributes);
    StorageClassStrategy.checkProvisioner(root.child("driverName"), found);
    if (found.present(root.child("parameters"), "must contain at least one key/value pair")) {
      StorageClassStrategy.checkParameters(root.child("parameters"), found);
    }
  }

  @Override
  public void validateUpdate(ObjectNode attributes, ObjectNode before, Violations found) {
    for (String field : List.of("driverName", "parameters")) {
      found.forbidChange(
          Field.root(attributes).child(field),
          Trees.at(before, field),
          "updates to " + field + " are forbidden.");
    }
    validateCreate(attributes, found);
  }
}
