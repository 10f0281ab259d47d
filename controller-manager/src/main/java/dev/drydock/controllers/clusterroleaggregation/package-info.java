/// **Is** cluster-role aggregation: a ClusterRole with an aggregation rule has the rules of all
/// that its selectors choose.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [AggregationReconciler].
@NullMarked
package dev.drydock.controllers.clusterroleaggregation;

import org.jspecify.annotations.NullMarked;
