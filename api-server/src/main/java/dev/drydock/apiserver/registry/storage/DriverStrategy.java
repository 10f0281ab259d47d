package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// CSIDrivers.
public final class DriverStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> LIFECYCLES = List.of("Persistent", "Ephemeral");
  private static final List<String> GROUP_POLICIES =
      List.of("File", "None", "ReadWriteOnceWithFSType");
  private static final long SHORTEST_TOKEN = 600;
  private static final long LONGEST_TOKEN = 1L << 32;

  /// How messages call `attachRequired`.
  private static final String ATTACH = "spec.attachedRequired";

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode driver, Violations found) {
    Field root = Field.root(driver);
    Field spec = root.child("spec");
    if (!spec.child("attachRequired").isPresent()) {
      found.add(FieldError.required(ATTACH, ""));
    }
    for (String field : List.of("podInfoOnMount", "storageCapacity")) {
      if (!spec.child(field).isPresent()) {
        found.required(spec.child(field), "");
      }
    }
    found.oneOf(spec.child("fsGroupPolicy"), GROUP_POLICIES);
    for (Field mode : spec.child("volumeLifecycleModes").items()) {
      if (!LIFECYCLES.contains(mode.text())) {
        found.add(
            FieldError.notSupported(
                spec.child("volumeLifecycleModes").path(), mode.text(), LIFECYCLES));
      }
    }
    var audiences = new HashSet<String>();
    for (Field token : spec.child("tokenRequests").items()) {
      if (!audiences.add(token.child("audience").text())) {
        found.duplicate(token.child("audience"));
        continue;
      }
      Field seconds = token.child("expirationSeconds");
      if (seconds.isPresent() && seconds.number(0) < SHORTEST_TOKEN) {
        found.invalid(seconds, "may not specify a duration less than 10 minutes");
      } else if (seconds.number(0) > LONGEST_TOKEN) {
        found.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
      }
    }
    Field republish = spec.child("nodeAllocatableUpdatePeriodSeconds");
    if (republish.isPresent() && republish.number(10) < 10) {
      found.invalid(republish, "must be greater than or equal to 10 seconds");
    }
  }

  @Override
  public void validateUpdate(ObjectNode driver, ObjectNode before, Violations found) {
    validateCreate(driver, found);
    Field attach = Field.root(driver).child("spec", "attachRequired");
    if (Violations.differs(attach, Trees.at(before, "spec", "attachRequired"))) {
      found.add(FieldError.invalid(ATTACH, attach.isTrue(), "field is immutable"));
    }
    found.unchanged(
        Field.root(driver).child("spec", "volumeLifecycleModes"),
        Trees.at(before, "spec", "volumeLifecycleModes"));
  }
}
