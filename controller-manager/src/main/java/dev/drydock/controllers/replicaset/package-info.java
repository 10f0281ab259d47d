/// **Is** the ReplicaSet controller, and the ReplicationController controller, which is the
/// same with other names: as many pods as the object asks for.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.ownership`,
/// `controllers.pods`.
///
/// **Start reading at** [ReplicaSetPlan], [ReplicaSetReconciler].
@NullMarked
package dev.drydock.controllers.replicaset;

import org.jspecify.annotations.NullMarked;
