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
  private static final List<String> UNSATISFIABLE = List.of("DoNotSchedule", "ScheduleAnyway");

  private SchedulingRules() {}

  static void check(Field spec, Violations found) {
    Labels.check(spec.child("nodeSelector"), found);
    TolerationRules.check(spec.child("tolerations"), found);
    AffinityRules.check(spec.child("affinity"), found);
    checkSpread(spec.child("topologySpreadConstraints"), found);
    var gates = new HashSet<String>();
    for (Field gate : spec.child("schedulingGates").items()) {
      found.conforms(gate.child("name"), Names::qualified);
      if (!gates.add(gate.child("name").text())) {
        found.duplicate(gate.child("name"));
      }
    }
  }

  private static void checkSpread(Field constraints, Violations found) {
    var seen = new HashSet<String>();
    for (Field constraint : constraints.items()) {
      Field skew = constraint.child("maxSkew");
      if (skew.number(0) <= 0) {
        found.invalid(skew, "must be greater than zero");
      }
      checkDomains(constraint, found);
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

  private static void checkDomains(Field constraint, Violations found) {
    Field domains = constraint.child("minDomains");
    if (domains.isPresent()) {
      if (domains.number(1) <= 0) {
        found.invalid(domains, "must be greater than zero");
      }
      String when = constraint.child("whenUnsatisfiable").text();
      if (!when.equals("DoNotSchedule")) {
        found.invalid(
            domains, "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not " + when);
      }
    }
    for (String policy : List.of("nodeAffinityPolicy", "nodeTaintsPolicy")) {
      found.oneOf(constraint.child(policy), List.of("Honor", "Ignore"));
    }
    Field keys = constraint.child("matchLabelKeys");
    if (!keys.isEmpty() && !constraint.child("labelSelector").isPresent()) {
      found.forbidden(keys, "must not be specified when labelSelector is not set");
    }
    keys.items().forEach(key -> found.conforms(key, Names::qualified));
  }
}
