/// **Is** the TTL controller: tells kubelets, by an annotation on their node, how long they may
/// rely on Secrets and ConfigMaps that they have seen.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [TtlReconciler].
@NullMarked
package dev.drydock.controllers.ttl;

import org.jspecify.annotations.NullMarked;
