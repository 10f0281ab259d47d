package dev.drydock.apiserver.admission;

import dev.drydock.apiserver.access.rbac.EscalationCheck;
import java.util.List;
import java.util.random.RandomGenerator;

/// The rules, in the order in which they apply.
public final class Admission {
  private final List<AdmissionRule> rules;

  public Admission(List<AdmissionRule> rules) {
    this.rules = List.copyOf(rules);
  }

  /// The rules that are on by default.
  ///
  /// @param random names volumes
  public static Admission standard(
      Lookup lookup, RandomGenerator random, EscalationCheck escalation) {
    return new Admission(
        List.of(
            new NamespaceLifecycle(lookup),
            new ServiceAccountRule(lookup, random),
            new PriorityRule(lookup),
            new DefaultTolerationSeconds(),
            new NodeRestriction(lookup),
            new RoleEscalation(escalation)));
  }

  public void mutate(AdmissionRequest request) {
    for (AdmissionRule rule : rules) {
      rule.mutate(request);
    }
  }

  public void validate(AdmissionRequest request) {
    for (AdmissionRule rule : rules) {
      rule.validate(request);
    }
  }
}
