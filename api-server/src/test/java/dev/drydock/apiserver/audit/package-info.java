/// **Is** tests of the audit log.
///
/// **May depend on** the package under test, test-kit.
///
/// **Start reading at** [AuditTest].
@NullMarked
package dev.drydock.apiserver.audit;

import org.jspecify.annotations.NullMarked;
