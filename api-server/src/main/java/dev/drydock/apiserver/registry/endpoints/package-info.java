/// **Is** what is special about Endpoints and EndpointSlices.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [EndpointSliceStrategy].
@NullMarked
package dev.drydock.apiserver.registry.endpoints;

import org.jspecify.annotations.NullMarked;
