/// **Is** the rule that a pod with scheduling gates waits until they are gone.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [SchedulingGates].
@NullMarked
package dev.drydock.scheduler.plugins.gates;

import org.jspecify.annotations.NullMarked;
