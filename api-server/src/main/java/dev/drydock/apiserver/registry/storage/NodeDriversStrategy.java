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
  public boolean changesBlindly() {
    return false;
  }

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
          found.add(FieldError.duplicate(driver.path(), key.text()));
        }
        if (key.isEmpty()) {
          found.add(FieldError.required(driver.path(), ""));
        }
        for (String problem : Names.qualified(key.text())) {
          found.add(FieldError.invalid(driver.path(), key.text(), problem));
        }
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
          boolean changed =
              Violations.differs(now.child("nodeID"), Trees.at(was, "nodeID"))
                  || Violations.differs(now.child("topologyKeys"), Trees.at(was, "topologyKeys"));
          if (changed) {
            found.add(
                FieldError.invalid(
                    "spec.drivers", Violations.shown(shown(now)), "field is immutable"));
          }
        }
      }
    }
  }

  /// As messages show a driver: what can be allocated does not count.
  private static ObjectNode shown(Field driver) {
    ObjectNode shown =
        Trees.object()
            .put("Name", driver.child("name").text())
            .put("NodeID", driver.child("nodeID").text());
    if (driver.child("topologyKeys").isPresent()) {
      shown.set("TopologyKeys", driver.child("topologyKeys").value());
    } else {
      shown.putNull("TopologyKeys");
    }
    shown.putNull("Allocatable");
    return shown;
  }
}
