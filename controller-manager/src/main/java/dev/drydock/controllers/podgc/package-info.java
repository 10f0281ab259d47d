/// **Is** the pod garbage collector: pods that nobody else will ever remove.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.batch`,
/// `controllers.pods`.
///
/// **Start reading at** [PodGcPlan].
@NullMarked
package dev.drydock.controllers.podgc;

import org.jspecify.annotations.NullMarked;
