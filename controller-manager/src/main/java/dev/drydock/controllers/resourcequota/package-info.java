/// **Is** the resource-quota controller: counts anew what is used of each quota. The api-server
/// charges what is created; this finds what has gone.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`, `controllers.pods`.
///
/// **Start reading at** [QuotaController].
@NullMarked
package dev.drydock.controllers.resourcequota;

import org.jspecify.annotations.NullMarked;
