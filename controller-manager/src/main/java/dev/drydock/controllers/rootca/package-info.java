/// **Is** the root CA publisher: every namespace has the certificate by which pods know the
/// api-server.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`.
///
/// **Start reading at** [RootCaReconciler].
@NullMarked
package dev.drydock.controllers.rootca;

import org.jspecify.annotations.NullMarked;
