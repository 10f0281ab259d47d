/// **Is** the audit log: one line of JSON for each request, written behind the requests' backs.
///
/// **May depend on** `apiserver.filter`, `apiserver.request`, `client.lifecycle`.
///
/// **Start reading at** [AuditLog].
@NullMarked
package dev.drydock.apiserver.audit;

import org.jspecify.annotations.NullMarked;
