/// **Is** what changed, and what the Services of the cluster are now.
///
/// **May depend on** `api.*`, `client.cache`.
///
/// **Start reading at** [ServiceChanges], [ServiceView].
@NullMarked
package dev.drydock.kubeproxy.changes;

import org.jspecify.annotations.NullMarked;
