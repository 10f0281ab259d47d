/// **Is** the audit log: who did what, as far as the policy wants it taken down, as lines of
/// JSON in files that are turned over, or at a server outside.
///
/// **May depend on** `apiserver.filter`, `apiserver.request`, `access.asking` (its calls), `api.*`.
///
/// **Start reading at** [AuditLog], [AuditPolicy].
@NullMarked
package dev.drydock.apiserver.audit;

import org.jspecify.annotations.NullMarked;
