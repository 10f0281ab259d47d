/// **Is** EndpointSlice mirroring: Endpoints that people write by hand, for Services without a
/// selector, appear as slices too.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.ownership`, `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [MirroringReconciler].
@NullMarked
package dev.drydock.controllers.endpointslicemirroring;

import org.jspecify.annotations.NullMarked;
