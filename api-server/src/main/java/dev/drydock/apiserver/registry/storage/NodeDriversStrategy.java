package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import tools.jackson.databind.node.ObjectNode;

/// CSINodes: the drivers of a node.
public final class NodeDriversStrategy implements ResourceStrategy {
  private static final int LONGEST_ID = 256;

  @Override
  public void validateCreate(ObjectNode node, Violations found) {
    var names = new HashSet<String>();
    for (Field driver : Field.root(node).child("spec", "drivers").items()) {
      Field name = driver.child("name");
      if (found.present(name, "")) {
        VolumeRules.checkDriver(name, found);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
      Field id = driver.child("nodeID");
      if (found.present(id, "") && id.text().length() > LONGEST_ID) {
        found.invalid(id, "must be " + LONGEST_ID + " characters or less");
      }
      found.notNegative(driver.child("allocatable", "count"));
      var keys = new HashSet<String>();
      for (Field key : driver.child("topologyKeys").items()) {
        if (!keys.add(key.text())) {
          found.add(FieldError.duplicate(driver.child("topologyKeys").path(), key.text()));
        }
        found.conforms(key, Names::qualified);
      }
    }
  }

  /// A driver may come and go; while it is there it stays as it is, but for what can be allocated.
  @Override
  public void validateUpdate(ObjectNode node, ObjectNode before, Violations found) {
    validateCreate(node, found);
    for (ObjectNode was : Trees.objects(before, "spec", "drivers")) {
      for (Field now : Field.root(node).child("spec", "drivers").items()) {
        if (now.child("name").text().equals(Trees.text(was, "name"))) {
          found.unchanged(now.child("nodeID"), Trees.at(was, "nodeID"));
          found.unchanged(now.child("topologyKeys"), Trees.at(was, "topologyKeys"));
        }
      }
    }
  }
}
