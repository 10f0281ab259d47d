package dev.drydock.apiserver.registry.policy;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// Leases.
public final class LeaseStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode lease, Violations found) {
    Field spec = Field.root(lease).child("spec");
    Field duration = spec.child("leaseDurationSeconds");
    if (duration.isPresent() && duration.number(1) <= 0) {
      found.invalid(duration, "must be greater than 0");
    }
    found.notNegative(spec.child("leaseTransitions"));
    if (spec.child("holderIdentity").isPresent()
        && spec.child("holderIdentity").text().isEmpty()
        && spec.child("strategy").isPresent()) {
      found.invalid(spec.child("holderIdentity"), "must not be empty");
    }
  }
}
