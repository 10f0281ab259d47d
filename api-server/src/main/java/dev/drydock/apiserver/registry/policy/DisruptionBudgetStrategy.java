package dev.drydock.apiserver.registry.policy;

import dev.drydock.apiserver.registry.strategy.ConditionRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Portions;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// PodDisruptionBudgets.
public final class DisruptionBudgetStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode budget, Violations found) {
    Field spec = Field.root(budget).child("spec");
    if (spec.child("minAvailable").isPresent() && spec.child("maxUnavailable").isPresent()) {
      found.invalid(spec, "minAvailable and maxUnavailable cannot be both set");
    }
    for (String field : List.of("minAvailable", "maxUnavailable")) {
      Portions.check(spec.child(field), found);
    }
    Labels.checkSelector(spec.child("selector"), found);
    found.oneOf(
        spec.child("unhealthyPodEvictionPolicy"), List.of("AlwaysAllow", "IfHealthyBudget"));
  }

  @Override
  public void validateUpdate(ObjectNode budget, ObjectNode before, Violations found) {
    Field status = Field.root(budget).child("status");
    if (Violations.differs(status, Trees.at(before, "status"))) {
      for (String number :
          List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
        found.notNegative(status.child(number));
      }
      ConditionRules.check(status.child("conditions"), found);
    }
    if (!Objects.equals(budget.get("spec"), before.get("spec"))) {
      validateCreate(budget, found);
    }
  }
}
