package dev.drydock.apiserver.access.rbac;

import dev.drydock.apiserver.access.AccessAttributes;
import dev.drydock.apiserver.access.Authorizer;
import dev.drydock.apiserver.access.rbac.RbacRules.RoleRef;
import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Nobody gives what he does not hold: who writes a role must hold its rules (or `escalate`),
/// who writes a binding must hold the rules of its role (or `bind`).
///
/// The answer is the reason of a refusal, to be put into a `Forbidden`; empty: it may be done.
public record EscalationCheck(RbacAuthorizer rbac, Authorizer authorizer) {
  private static final String GROUP = "rbac.authorization.k8s.io";
  private static final PolicyRule EVERYTHING =
      PolicyRule.ofResources(List.of("*"), List.of("*"), List.of("*"), List.of());
  private static final PolicyRule EVERY_URL = PolicyRule.ofUrls(List.of("*"), List.of("*"));

  /// Whether a role may aggregate others.
  public enum Aggregation {
    NONE,
    BY_LABELS
  }

  /// @param role the role to be written (its rules need not be stored yet)
  /// @param aggregation a role that aggregates may come to hold anything
  public Optional<String> refusalOfRole(
      User user, RoleRef role, List<PolicyRule> rules, Aggregation aggregation) {
    String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
    if (isPrivileged(user) || may(user, "escalate", resource, role)) {
      return Optional.empty();
    }
    if (aggregation == Aggregation.BY_LABELS
        && !RuleCover.uncovered(rbac.heldBy(user, "").rules(), List.of(EVERYTHING, EVERY_URL))
            .isEmpty()) {
      return Optional.of("must have cluster-admin privileges to use an aggregationRule");
    }
    return refusal(user, role.namespace(), rules);
  }

  /// @param namespace of the binding; empty: a ClusterRoleBinding
  public Optional<String> refusalOfBinding(User user, String namespace, RoleRef role) {
    String resource = role.namespace().isEmpty() ? "clusterroles" : "roles";
    if (isPrivileged(user) || may(user, "bind", resource, new RoleRef(namespace, role.name()))) {
      return Optional.empty();
    }
    Optional<List<PolicyRule>> rules = rbac.rules().rulesOf(role);
    return rules.isEmpty()
        ? Optional.of(
            (role.namespace().isEmpty() ? "clusterrole." : "role.")
                + GROUP
                + " \""
                + role.name()
                + "\" not found")
        : refusal(user, namespace, rules.get());
  }

  private static boolean isPrivileged(User user) {
    return user.groups().contains(User.MASTERS);
  }

  private boolean may(User user, String verb, String resource, RoleRef role) {
    return authorizer
        .authorize(
            new AccessAttributes.Resource(
                user, verb, GROUP, resource, "", role.namespace(), role.name()))
        .isAllowed();
  }

  private Optional<String> refusal(User user, String namespace, List<PolicyRule> wanted) {
    RbacAuthorizer.Held held = rbac.heldBy(user, namespace);
    List<PolicyRule> missing = RuleCover.uncovered(held.rules(), wanted);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String errors =
        held.errors().isEmpty()
            ? ""
            : "; resolution errors: " + RbacAuthorizer.joined(held.errors());
    return Optional.of(
        "user \""
            + user.name()
            + "\" (groups="
            + PolicyRule.quoted(user.groups())
            + ") is attempting to grant RBAC permissions not currently held:\n"
            + missing.stream()
                .map(PolicyRule::toString)
                .sorted()
                .distinct()
                .collect(Collectors.joining("\n"))
            + errors);
  }
}
