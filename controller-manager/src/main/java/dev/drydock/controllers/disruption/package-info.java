/// **Is** the disruption controller: how many pods of each PodDisruptionBudget may be evicted now.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.ownership`, `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [DisruptionReconciler].
@NullMarked
package dev.drydock.controllers.disruption;

import org.jspecify.annotations.NullMarked;
