package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// ControllerRevisions: what they remember never changes.
public final class ControllerRevisionStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode revision, Violations found) {
    Field root = Field.root(revision);
    if (!root.child("data").isPresent()) {
      found.required(root.child("data"), "data is mandatory");
    }
    found.notNegative(root.child("revision"));
  }

  @Override
  public void validateUpdate(ObjectNode revision, ObjectNode before, Violations found) {
    validateCreate(revision, found);
    found.unchanged(Field.root(revision).child("data"), Trees.at(before, "data"));
  }
}
