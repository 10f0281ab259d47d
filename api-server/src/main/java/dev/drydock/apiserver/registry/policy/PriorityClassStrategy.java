package dev.drydock.apiserver.registry.policy;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// PriorityClasses: their value never changes, and the highest are the system's.
public final class PriorityClassStrategy implements ResourceStrategy {
  /// The system's own classes and their values.
  public static final Map<String, Integer> SYSTEM =
      Map.of("system-cluster-critical", 2_000_000_000, "system-node-critical", 2_000_001_000);

  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final long HIGHEST_USER_VALUE = 1_000_000_000;

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode priorityClass, Violations found) {
    String name = Trees.text(priorityClass, "metadata", "name");
    long value = Trees.number(priorityClass, 0, "value");
    if (name.startsWith("system-")) {
      String wrong = systemProblem(name, value, Trees.isTrue(priorityClass, "globalDefault"));
      if (!wrong.isEmpty()) {
        found.add(
            FieldError.forbidden(
                "metadata.name",
                "priority class names with 'system-' prefix are reserved for system use only."
                    + " error: "
                    + wrong));
      }
    } else if (value > HIGHEST_USER_VALUE) {
      found.add(
          FieldError.forbidden(
              "value",
              "maximum allowed value of a user defined priority is " + HIGHEST_USER_VALUE));
    }
    found.oneOf(
        Field.root(priorityClass).child("preemptionPolicy"),
        List.of("PreemptLowerPriority", "Never"));
  }

  private static String systemProblem(String name, long value, boolean globalDefault) {
    Integer known = SYSTEM.get(name);
    if (known == null) {
      return name + " is not a known system priority class";
    } else if (known != value) {
      return "value of " + name + " PriorityClass must be " + known;
    }
    return globalDefault ? "globalDefault of " + name + " PriorityClass must be false" : "";
  }

  @Override
  public void validateUpdate(ObjectNode priorityClass, ObjectNode before, Violations found) {
    Field root = Field.root(priorityClass);
    if (Trees.number(priorityClass, 0, "value") != Trees.number(before, 0, "value")) {
      found.add(FieldError.forbidden("value", "may not be changed in an update."));
    }
    found.unchanged(root.child("preemptionPolicy"), Trees.at(before, "preemptionPolicy"));
  }
}
