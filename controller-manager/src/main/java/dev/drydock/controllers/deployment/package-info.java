/// **Is** the Deployment controller: moves pods from old templates to the new one by growing
/// and shrinking ReplicaSets.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.ownership`,
/// `controllers.pods`.
///
/// **Start reading at** [DeploymentPlan], [DeploymentReconciler].
@NullMarked
package dev.drydock.controllers.deployment;

import org.jspecify.annotations.NullMarked;
