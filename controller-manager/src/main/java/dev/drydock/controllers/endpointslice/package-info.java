/// **Is** the EndpointSlice controller: the addresses behind each Service, in slices.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.backends`,
/// `controllers.ownership`, `controllers.pods`.
///
/// **Start reading at** [EndpointSlicePlan].
@NullMarked
package dev.drydock.controllers.endpointslice;

import org.jspecify.annotations.NullMarked;
