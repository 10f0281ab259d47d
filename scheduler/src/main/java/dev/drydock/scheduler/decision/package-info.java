/// **Is** the decision about one pod: which nodes it fits, which of them is best, or why none is.
/// Pure.
///
/// **May depend on** `scheduler.framework`, `scheduler.plugins` (the weights).
///
/// **Start reading at** [Decider].
@NullMarked
package dev.drydock.scheduler.decision;

import org.jspecify.annotations.NullMarked;
