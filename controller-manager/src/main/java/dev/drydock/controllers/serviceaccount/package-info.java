/// **Is** the ServiceAccount controller: every namespace has an account named `default`.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`.
///
/// **Start reading at** [ServiceAccountReconciler].
@NullMarked
package dev.drydock.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
