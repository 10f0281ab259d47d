/// **Is** RBAC: the roles and bindings of the cluster as an index by subject, decisions over
/// it, the check against escalation, and the roles every cluster begins with.
///
/// **May depend on** `apiserver.access`, `apiserver.request`, `apiserver.storage` (reading),
/// `api.*`.
///
/// **Start reading at** [RbacAuthorizer], [RbacRules]; [DefaultRoles] for what is there at
/// first.
@NullMarked
package dev.drydock.apiserver.access.rbac;

import org.jspecify.annotations.NullMarked;
