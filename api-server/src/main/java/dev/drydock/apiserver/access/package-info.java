/// **Is** who asks and whether they may: identity from certificates and tokens, authority from
/// RBAC and the node graph, as decisions over what the registry's cache holds.
///
/// **May depend on** `api.*`, `apiserver.storage` (reading), `apiserver.request` (its values).
///
/// **Start reading at** [Authenticator], [Authorizer].
@NullMarked
package dev.drydock.apiserver.access;

import org.jspecify.annotations.NullMarked;
