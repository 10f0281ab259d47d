/// **Is** whom to evict so that a more important pod fits: a pure choice.
///
/// **May depend on** `scheduler.framework`, `scheduler.decision`, `api.*`.
///
/// **Start reading at** [Preemption].
@NullMarked
package dev.drydock.scheduler.preemption;

import org.jspecify.annotations.NullMarked;
