package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;

/// When a pod may be scheduled, and how it is spread.
final class SchedulingRules {
  private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

  private SchedulingRules() {}

  static void check(Field spec, Violations found) {
    var gates = new HashSet<String>();
    for (Field gate : spec.child("schedulingGates").items()) {
      // The real path names the gate, not its name.
      Field named = gate.showing(gate.child("name").value());
      found.conforms(named, Names::qualified);
      if (!gates.add(named.text())) {
        found.duplicate(named);
      }
    }
    List<Field> constraints = spec.child("topologySpreadConstraints").items();
    for (int i = 0; i < constraints.size(); i++) {
      checkConstraint(constraints.get(i), constraints.subList(i + 1, constraints.size()), found);
    }
  }

  private static void checkConstraint(Field constraint, List<Field> others, Violations found) {
    Field skew = constraint.child("maxSkew");
    if (skew.number(0) <= 0) {
      found.invalid(skew, skew.number(0), "must be greater than zero");
    }
    found.present(constraint.child("topologyKey"), "can not be empty");
    Field when = constraint.child("whenUnsatisfiable");
    if (!UNSATISFIABLE.contains(when.text())) {
      found.notSupported(when, UNSATISFIABLE);
    }
    String pair = pair(constraint);
    if (others.stream().anyMatch(other -> pair(other).equals(pair))) {
      found.add(
          FieldError.duplicate(constraint.path() + ".{topologyKey, whenUnsatisfiable}", pair));
    }
    checkDomains(constraint, found);
    for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
      found.oneOf(constraint.child(policy), List.of("Honor", "Ignore"));
    }
    Field selector = constraint.child("labelSelector");
    Field keys = constraint.child("matchLabelKeys");
    if (!keys.isEmpty() && !selector.isPresent()) {
      found.forbidden(keys, "must not be specified when labelSelector is not set");
    }
    keys.items().forEach(key -> found.conforms(key, Names::qualified));
    AffinityRules.checkSaidOnce(
        keys, Trees.texts(constraint.value(), "matchLabelKeys"), selector, found);
    Labels.checkSelector(selector, found);
  }

  private static String pair(Field constraint) {
    return "{"
        + constraint.child("topologyKey").text()
        + ", "
        + constraint.child("whenUnsatisfiable").text()
        + "}";
  }

  private static void checkDomains(Field constraint, Violations found) {
    Field domains = constraint.child("minDomains");
    if (!domains.isPresent()) {
      return;
    }
    if (domains.number(1) <= 0) {
      found.invalid(domains, "must be greater than zero");
    }
    String when = constraint.child("whenUnsatisfiable").text();
    if (!when.equals("DoNotSchedule")) {
      found.invalid(
          domains, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when);
    }
  }
}
