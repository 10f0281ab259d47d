/// **Is** what stands behind a Service: the pods that its selector finds, and the ports by
/// which they are reached. Endpoints and EndpointSlices are two ways to write that down.
///
/// **May depend on** `api.*`, `client.cache`, `client.control`, `controllers.pods`.
///
/// **Start reading at** [Backend].
@NullMarked
package dev.drydock.controllers.backends;

import org.jspecify.annotations.NullMarked;
