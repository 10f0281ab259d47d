/// **Is** the namespace controller: empties a namespace that is being deleted, then lets it
/// go.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.batch`.
///
/// **Start reading at** [NamespaceReconciler].
@NullMarked
package dev.drydock.controllers.namespace;

import org.jspecify.annotations.NullMarked;
