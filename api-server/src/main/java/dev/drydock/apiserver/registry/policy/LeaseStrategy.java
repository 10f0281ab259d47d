package dev.drydock.apiserver.registry.policy;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Leases.
public final class LeaseStrategy implements ResourceStrategy {

  @Override
  public boolean isCreatedByUpdates() {
    return true;
  }

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public void validateCreate(ObjectNode lease, Violations found) {
    Field spec = Field.root(lease).child("spec");
    Field duration = spec.child("leaseDurationSeconds");
    if (duration.isPresent() && duration.number(1) <= 0) {
      found.invalid(duration, "must be greater than 0");
    }
    found.notNegative(spec.child("leaseTransitions"));
  }

  /// Elections that the server coordinates are not part of the emulated version's defaults.
  @Override
  public void prepareForCreate(ObjectNode lease) {
    if (lease.get("spec") instanceof ObjectNode spec) {
      spec.remove(List.of("strategy", "preferredHolder"));
    }
  }

  @Override
  public void prepareForUpdate(ObjectNode lease, ObjectNode before) {
    prepareForCreate(lease);
  }
}
