package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// What a pod may say about where it wants to run.
final class SchedulingRules {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");
  private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

  private SchedulingRules() {}

  static void check(Field spec, Violations found) {
    Labels.check(spec.child("nodeSelector"), found);
    checkTolerations(spec.child("tolerations"), found);
    checkAffinity(spec.child("affinity"), found);
    checkSpread(spec.child("topologySpreadConstraints"), found);
    var gates = new HashSet<String>();
    for (Field gate : spec.child("schedulingGates").items()) {
      found.conforms(gate.child("name"), Names::qualified);
      if (!gates.add(gate.child("name").text())) {
        found.duplicate(gate.child("name"));
      }
    }
  }

  private static void checkTolerations(Field tolerations, Violations found) {
    for (Field toleration : tolerations.items()) {
      Field key = toleration.child("key");
      Field operator = toleration.child("operator");
      if (!key.isEmpty()) {
        found.conforms(key, Names::qualified);
      } else if (!operator.text().equals("Exists")) {
        found.invalid(
            operator,
            "operator must be Exists when `key` is empty, which means \"match all values and all"
                + " keys\"");
      }
      Field effect = toleration.child("effect");
      if (toleration.child("tolerationSeconds").isPresent() && !effect.text().equals("NoExecute")) {
        found.invalid(effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
      }
      switch (operator.text()) {
        case "", "Equal" -> found.conforms(toleration.child("value"), Names::labelValue);
        case "Exists" -> {
          if (!toleration.child("value").isEmpty()) {
            found.add(
                FieldError.invalid(
                    operator.path(),
                    toleration.child("value").text(),
                    "value must be empty when `operator` is 'Exists'"));
          }
        }
        default -> found.notSupported(operator, List.of("Equal", "Exists"));
      }
      found.oneOf(effect, EFFECTS);
    }
  }

  private static void checkAffinity(Field affinity, Violations found) {
    Field node = affinity.child("nodeAffinity");
    Field required = node.child("requiredDuringSchedulingIgnoredDuringExecution");
    if (required.isPresent()) {
      Field terms = required.child("nodeSelectorTerms");
      if (terms.isEmpty()) {
        found.required(terms, "must have at least one node selector term");
      }
      terms.items().forEach(term -> checkNodeTerm(term, found));
    }
    for (Field preferred : node.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
      checkWeight(preferred.child("weight"), found);
      checkNodeTerm(preferred.child("preference"), found);
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      Field pods = affinity.child(kind);
      for (Field term : pods.child("requiredDuringSchedulingIgnoredDuringExecution").items()) {
        checkPodTerm(term, found);
      }
      for (Field preferred :
          pods.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
        checkWeight(preferred.child("weight"), found);
        checkPodTerm(preferred.child("podAffinityTerm"), found);
      }
    }
  }

  private static void checkWeight(Field weight, Violations found) {
    if (weight.number(0) < 1 || weight.number(0) > 100) {
      found.invalid(weight, "must be in the range 1-100");
    }
  }

  private static void checkNodeTerm(Field term, Violations found) {
    for (Field expression : term.child("matchExpressions").items()) {
      found.conforms(expression.child("key"), Names::qualified);
      checkNodeExpression(expression, found);
    }
    for (Field expression : term.child("matchFields").items()) {
      if (expression.child("values").items().size() != 1) {
        found.required(
            expression.child("values"),
            "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
      }
    }
  }

  private static void checkNodeExpression(Field expression, Violations found) {
    Field values = expression.child("values");
    switch (expression.child("operator").text()) {
      case "In", "NotIn" -> {
        if (values.isEmpty()) {
          found.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!values.isEmpty()) {
          found.forbidden(
              values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      case "Gt", "Lt" -> {
        if (values.items().size() != 1) {
          found.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'");
        }
      }
      default -> found.invalid(expression.child("operator"), "not a valid selector operator");
    }
  }

  private static void checkPodTerm(Field term, Violations found) {
    Labels.checkSelector(term.child("labelSelector"), found);
    Labels.checkSelector(term.child("namespaceSelector"), found);
    Field key = term.child("topologyKey");
    if (found.present(key, "can not be empty")) {
      found.conforms(key, Names::qualified);
    }
  }

  private static void checkSpread(Field constraints, Violations found) {
    var seen = new HashSet<String>();
    for (Field constraint : constraints.items()) {
      Field skew = constraint.child("maxSkew");
      if (skew.number(0) <= 0) {
        found.invalid(skew, "must be greater than zero");
      }
      Field key = constraint.child("topologyKey");
      if (found.present(key, "can not be empty")) {
        found.conforms(key, Names::qualified);
      }
      Field when = constraint.child("whenUnsatisfiable");
      if (!UNSATISFIABLE.contains(when.text())) {
        found.notSupported(when, UNSATISFIABLE);
      }
      String pair = "{" + key.text() + ", " + when.text() + "}";
      if (!seen.add(pair)) {
        found.add(
            FieldError.duplicate(constraint.path() + ".{topologyKey, whenUnsatisfiable}", pair));
      }
      Labels.checkSelector(constraint.child("labelSelector"), found);
    }
  }
}
