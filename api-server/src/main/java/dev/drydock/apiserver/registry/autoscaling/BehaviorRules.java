package dev.drydock.apiserver.registry.autoscaling;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// How fast an autoscaler may scale.
final class BehaviorRules {
  private static final int LONGEST_WINDOW = 3600;
  private static final int LONGEST_PERIOD = 1800;

  private BehaviorRules() {}

  static void check(Field behavior, Violations found) {
    for (String direction : List.of("scaleUp", "scaleDown")) {
      Field rules = behavior.child(direction);
      if (!rules.isPresent()) {
        continue;
      }
      Field window = rules.child("stabilizationWindowSeconds");
      if (window.number(0) < 0) {
        found.invalid(window, "must be greater than or equal to zero");
      } else if (window.number(0) > LONGEST_WINDOW) {
        found.invalid(window, "must be less than or equal to " + LONGEST_WINDOW);
      }
      Field tolerance = rules.child("tolerance");
      if (tolerance.isPresent() && Quantity.parse(tolerance.text()).signum() < 0) {
        found.invalid(tolerance, "must be greater than or equal to 0");
      }
      found.oneOf(rules.child("selectPolicy"), List.of("Disabled", "Max", "Min"));
      if (rules.child("policies").isEmpty()) {
        found.required(rules.child("policies"), "must specify at least one Policy");
      }
      rules.child("policies").items().forEach(policy -> checkPolicy(policy, found));
    }
  }

  private static void checkPolicy(Field policy, Violations found) {
    if (!List.of("Percent", "Pods").contains(policy.child("type").text())) {
      found.notSupported(policy.child("type"), List.of("Percent", "Pods"));
    }
    if (policy.child("value").number(0) <= 0) {
      found.invalid(policy.child("value"), "must be greater than zero");
    }
    Field period = policy.child("periodSeconds");
    if (period.number(0) <= 0) {
      found.invalid(period, "must be greater than zero");
    } else if (period.number(0) > LONGEST_PERIOD) {
      found.invalid(period, "must be less than or equal to " + LONGEST_PERIOD);
    }
  }
}
