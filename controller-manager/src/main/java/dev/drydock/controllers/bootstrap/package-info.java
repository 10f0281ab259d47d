/// **Is** what joining nodes need: signatures of the ConfigMap `cluster-info` by the tokens that
/// know it, and the end of tokens that have expired.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.context`,
/// `controllers.moment`.
///
/// **Start reading at** [ClusterInfoSigner], [TokenCleaner].
@NullMarked
package dev.drydock.controllers.bootstrap;

import org.jspecify.annotations.NullMarked;
