/// **Is** what kubelets may do: only what concerns their own node and the pods bound to it.
///
/// **May depend on** `apiserver.access`, `apiserver.access.rbac` (rules), `apiserver.request`,
/// `apiserver.storage` (reading), `api.*`.
///
/// **Start reading at** [NodeAuthorizer], [NodeGraph].
@NullMarked
package dev.drydock.apiserver.access.node;

import org.jspecify.annotations.NullMarked;
