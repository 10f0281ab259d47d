/// **Is** the controller that deletes Jobs some time after they have finished.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [TtlAfterFinishedReconciler].
@NullMarked
package dev.drydock.controllers.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
