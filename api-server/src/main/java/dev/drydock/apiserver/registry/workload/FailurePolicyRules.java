package dev.drydock.apiserver.registry.workload;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What the failure policy of a Job must be like.
final class FailurePolicyRules {
  private static final List<String> ACTIONS = List.of("Count", "FailIndex", "FailJob", "Ignore");
  private static final List<String> STATUSES = List.of("False", "True", "Unknown");

  private FailurePolicyRules() {}

  static void check(Field spec, Field policy, Violations found) {
    var containers = new HashSet<String>();
    for (String list : List.of("containers", "initContainers")) {
      for (Field container : spec.child("template", "spec").child(list).items()) {
        containers.add(container.child("name").text());
      }
    }
    found.atMost(policy.child("rules"), 20);
    for (Field rule : policy.child("rules").items()) {
      checkRule(spec, rule, containers, found);
    }
  }

  private static void checkRule(Field spec, Field rule, Set<String> containers, Violations found) {
    Field action = rule.child("action");
    if (action.isEmpty()) {
      found.required(action, validValues(ACTIONS));
    } else if (action.text().equals("FailIndex")) {
      if (!spec.child("backoffLimitPerIndex").isPresent()) {
        found.invalid(action, "requires the backoffLimitPerIndex to be set");
      }
    } else {
      found.oneOf(action, ACTIONS);
    }
    Field codes = rule.child("onExitCodes");
    Field conditions = rule.child("onPodConditions");
    if (codes.isPresent()) {
      checkCodes(codes, containers, found);
    }
    found.atMost(conditions, 20);
    for (Field condition : conditions.items()) {
      found.conforms(condition.child("type"), Names::qualified);
      choice(condition.child("status"), STATUSES, found);
    }
    if (codes.isPresent() && !conditions.isEmpty()) {
      found.invalidUnseen(rule, "specifying both OnExitCodes and OnPodConditions is not supported");
    } else if (!codes.isPresent() && conditions.isEmpty()) {
      found.invalidUnseen(rule, "specifying one of OnExitCodes and OnPodConditions is required");
    }
  }

  private static void choice(Field field, List<String> values, Violations found) {
    if (found.present(field, validValues(values))) {
      found.oneOf(field, values);
    }
  }

  private static String validValues(List<String> values) {
    return "valid values: [\"" + String.join("\" \"", values) + "\"]";
  }

  private static void checkCodes(Field codes, Set<String> containers, Violations found) {
    Field operator = codes.child("operator");
    choice(operator, List.of("In", "NotIn"), found);
    Field container = codes.child("containerName");
    if (container.isPresent() && !containers.contains(container.text())) {
      found.invalid(
          container, "must be one of the container or initContainer names in the pod template");
    }
    Field values = codes.child("values");
    if (values.isEmpty()) {
      found.invalidList(values, "at least one value is required");
    } else {
      found.atMost(values, 255);
    }
    var seen = new HashSet<Long>();
    long last = Long.MIN_VALUE;
    boolean ordered = true;
    for (Field value : values.items()) {
      if (value.number(1) == 0 && operator.text().equals("In")) {
        found.invalid(value, "must not be 0 for the In operator");
      }
      if (!seen.add(value.number(0))) {
        found.duplicate(value);
      }
      ordered &= value.number(0) >= last;
      last = value.number(0);
    }
    if (!ordered) {
      found.invalid(values, "must be ordered");
    }
  }
}
