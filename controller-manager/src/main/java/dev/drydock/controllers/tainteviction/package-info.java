/// **Is** taint eviction: pods leave nodes whose NoExecute taints they do not tolerate, or no
/// longer tolerate.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.pods`.
///
/// **Start reading at** [TaintEvictionPlan].
@NullMarked
package dev.drydock.controllers.tainteviction;

import org.jspecify.annotations.NullMarked;
