package dev.drydock.apiserver.registry.storage;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// CSIDrivers.
public final class DriverStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> LIFECYCLES = List.of("Ephemeral", "Persistent");
  private static final List<String> GROUP_POLICIES =
      List.of("File", "None", "ReadWriteOnceWithFSType");
  private static final long SHORTEST_TOKEN = 600;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode driver, Violations found) {
    Field root = Field.root(driver);
    Field name = root.child("metadata", "name");
    if (name.text().length() > 63) {
      found.tooLong(name, 63);
    }
    found.conforms(name, text -> Names.subdomain(text.toLowerCase(Locale.ROOT)));
    Field spec = root.child("spec");
    for (String field : List.of("attachRequired", "podInfoOnMount", "storageCapacity")) {
      if (!spec.child(field).isPresent()) {
        found.required(spec.child(field), "");
      }
    }
    found.oneOf(spec.child("fsGroupPolicy"), GROUP_POLICIES);
    for (Field mode : spec.child("volumeLifecycleModes").items()) {
      if (!LIFECYCLES.contains(mode.text())) {
        found.add(
            dev.drydock.api.status.FieldError.notSupported(
                spec.child("volumeLifecycleModes").path(), mode.text(), LIFECYCLES));
      }
    }
    var audiences = new HashSet<String>();
    for (Field token : spec.child("tokenRequests").items()) {
      if (!audiences.add(token.child("audience").text())) {
        found.duplicate(token.child("audience"));
      }
      Field seconds = token.child("expirationSeconds");
      if (seconds.isPresent() && seconds.number(0) < SHORTEST_TOKEN) {
        found.invalid(seconds, "may not specify a duration less than 10 minutes");
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
    for (String field : List.of("attachRequired", "volumeLifecycleModes")) {
      found.unchanged(Field.root(driver).child("spec", field), Trees.at(before, "spec", field));
    }
  }
}
