/// **Is** what objects use of what quotas limit: pure functions of their JSON trees, for the
/// api-server, which charges, and the controller, which counts anew.
///
/// **May depend on** `api.quantity`, `api.time`, Jackson's tree.
///
/// **Start reading at** [Usage], [QuotaScopes].
@NullMarked
package dev.drydock.api.usage;

import org.jspecify.annotations.NullMarked;
