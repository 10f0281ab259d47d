package dev.drydock.apiserver.access.rbac;

import dev.drydock.apiserver.request.User;
import java.util.List;
import java.util.Optional;

/// What the roles and bindings of the cluster say, from memory.
public interface RbacRules {

  /// The bindings that name the user or one of his groups: those of the cluster, then those of
  /// the namespace (empty: none of these).
  List<Grant> grantsTo(User user, String namespace);

  /// The rules of a role, with what aggregation adds; empty when there is no such role.
  Optional<List<PolicyRule>> rulesOf(RoleRef role);

  /// A role, by reference.
  ///
  /// @param namespace empty for a ClusterRole
  record RoleRef(String namespace, String name) {
    public String kind() {
      return namespace.isEmpty() ? "ClusterRole" : "Role";
    }
  }

  /// A binding as it concerns one subject.
  ///
  /// @param namespace empty for a ClusterRoleBinding
  /// @param subject in words: `Group "system:masters"`
  record Grant(String namespace, String binding, RoleRef role, String subject) {

    /// For the audit log.
    String description() {
      String where =
          namespace.isEmpty()
              ? "ClusterRoleBinding \"" + binding + "\""
              : "RoleBinding \"" + binding + "/" + namespace + "\"";
      return where + " of " + role.kind() + " \"" + role.name() + "\" to " + subject;
    }
  }
}
