package dev.drydock.apiserver.registry.flowcontrol;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;

/// Conditions of the kinds of this group.
final class Conditions {

  private Conditions() {}

  static void check(Field conditions, Violations found) {
    var types = new HashSet<String>();
    for (Field condition : conditions.items()) {
      Field type = condition.child("type");
      if (!types.add(type.text())) {
        found.duplicate(type);
      }
      found.present(type, "must not be empty");
    }
  }
}
