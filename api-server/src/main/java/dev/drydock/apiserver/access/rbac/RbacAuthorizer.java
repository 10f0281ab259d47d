package dev.drydock.apiserver.access.rbac;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.rbac.RbacRules.Grant;
import dev.drydock.apiserver.access.rbac.RbacRules.RoleRef;
import dev.drydock.apiserver.request.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Allows what a role that is bound to the user allows; has no opinion else.
public record RbacAuthorizer(RbacRules rules) implements Authorizer {

  /// Allows everything to `system:masters`, whatever the roles say. Comes first in the chain.
  public static Authorizer privilegedGroup() {
    return attributes ->
        attributes.user().groups().contains(User.MASTERS)
            ? new Verdict.Allow("")
            : new Verdict.NoOpinion("");
  }

  /// Everything a user may do in a namespace (or, if that is empty, in the cluster).
  ///
  /// @param errors about bindings whose role is missing
  public record Held(List<PolicyRule> rules, List<String> errors) {
    public Held {
      rules = List.copyOf(rules);
      errors = List.copyOf(errors);
    }
  }

  @Override
  public Verdict authorize(AccessAttributes attributes) {
    String namespace =
        switch (attributes) {
          case AccessAttributes.Resource wanted -> wanted.namespace();
          case AccessAttributes.Selected selected -> selected.resource().namespace();
          case AccessAttributes.Path path -> "";
        };
    List<String> errors = new ArrayList<>();
    for (Grant grant : rules.grantsTo(attributes.user(), namespace)) {
      Optional<List<PolicyRule>> granted = rules.rulesOf(grant.role());
      if (granted.isEmpty()) {
        errors.add(missing(grant.role()));
        continue;
      }
      for (PolicyRule rule : granted.get()) {
        if (rule.allows(attributes)) {
          return new Verdict.Allow("RBAC: allowed by " + grant.description());
        }
      }
    }
    return new Verdict.NoOpinion(errors.isEmpty() ? "" : "RBAC: " + joined(errors));
  }

  /// What the user holds, for rules reviews and the check against escalation.
  public Held heldBy(User user, String namespace) {
    List<PolicyRule> held = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    for (Grant grant : rules.grantsTo(user, namespace)) {
      rules
          .rulesOf(grant.role())
          .ifPresentOrElse(held::addAll, () -> errors.add(missing(grant.role())));
    }
    return new Held(held, errors);
  }

  static String joined(List<String> errors) {
    List<String> distinct = errors.stream().distinct().toList();
    return distinct.size() == 1 ? distinct.getFirst() : "[" + String.join(", ", distinct) + "]";
  }

  private static String missing(RoleRef role) {
    String resource = role.namespace().isEmpty() ? "clusterrole" : "role";
    return resource + ".rbac.authorization.k8s.io \"" + role.name() + "\" not found";
  }
}
