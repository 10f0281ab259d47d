/// **Is** the Endpoints controller: the addresses behind each Service in one object, for
/// readers of the old API.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.backends`,
/// `controllers.pods`.
///
/// **Start reading at** [EndpointsPlan].
@NullMarked
package dev.drydock.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
