/// **Is** what all kinds share: names, uids, generations, resource versions, finalizers,
/// graceful deletion, sub-resources, the one conflict loop; and [Resources], the list of all
/// kinds.
///
/// **May depend on** `apiserver.storage`, `apiserver.patch`, `apiserver.admission`,
/// `apiserver.allocation`, `apiserver.access`, `registry.strategy`, `registry.KIND`, `api.*`.
///
/// **Start reading at** [Registry], then [Objects] (the conflict loop), [Resources].
@NullMarked
package dev.drydock.apiserver.registry;

import org.jspecify.annotations.NullMarked;
