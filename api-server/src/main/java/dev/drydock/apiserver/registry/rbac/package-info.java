/// **Is** what is special about roles and their bindings.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [RoleStrategy].
@NullMarked
package dev.drydock.apiserver.registry.rbac;

import org.jspecify.annotations.NullMarked;
