/// **Is** the audit log: who did what, as far as the policy wants it taken down, as lines of
/// JSON in files that are turned over.
///
/// **May depend on** `apiserver.filter`, `apiserver.request`, `api.*`.
///
/// **Start reading at** [AuditLog], [AuditPolicy].
@NullMarked
package dev.drydock.apiserver.audit;

import org.jspecify.annotations.NullMarked;
