/// **Is** the keeper of ServiceCIDRs: says which are ready to give addresses from, and holds one
/// that is to go until no address needs it.
///
/// **May depend on** `api.*`, `client.*` except `client.rpc`, `controllers.context`,
/// `controllers.moment`.
///
/// **Start reading at** [ServiceCidrPlan].
@NullMarked
package dev.drydock.controllers.servicecidr;

import org.jspecify.annotations.NullMarked;
