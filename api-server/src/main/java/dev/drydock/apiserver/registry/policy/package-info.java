/// **Is** what is special about PriorityClasses, PodDisruptionBudgets and Leases.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [PriorityClassStrategy].
@NullMarked
package dev.drydock.apiserver.registry.policy;

import org.jspecify.annotations.NullMarked;
