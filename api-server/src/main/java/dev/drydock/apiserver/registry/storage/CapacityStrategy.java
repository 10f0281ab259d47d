package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// CSIStorageCapacities.
public final class CapacityStrategy implements ResourceStrategy {

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public void validateCreate(ObjectNode capacity, Violations found) {
    Field root = Field.root(capacity);
    Labels.checkSelector(root.child("nodeTopology"), found);
    found.conforms(root.child("storageClassName"), Names::subdomain);
    Field amount = root.child("capacity");
    if (amount.isPresent() && Quantity.parse(amount.text()).signum() < 0) {
      found.invalid(amount, "must be greater than or equal to 0");
    }
  }

  @Override
  public void validateUpdate(ObjectNode capacity, ObjectNode before, Violations found) {
    validateCreate(capacity, found);
    for (String field : List.of("nodeTopology", "storageClassName")) {
      found.unchanged(Field.root(capacity).child(field), Trees.at(before, field));
    }
  }
}
