/// **Is** authority by a file of policies (ABAC).
///
/// **May depend on** `access`, `apiserver.request` (its values), `api.codec`.
///
/// **Start reading at** [AbacAuthorizer].
@NullMarked
package dev.drydock.apiserver.access.abac;

import org.jspecify.annotations.NullMarked;
