/// **Is** the pods that wait for a node: those to be looked at now, those that were tried too
/// recently, and those that nothing but a change in the cluster can help.
///
/// **May depend on** `client.time`, `client.queue`, `scheduler.framework`, `api.*`.
///
/// **Start reading at** [SchedulingQueue].
@NullMarked
package dev.drydock.scheduler.queue;

import org.jspecify.annotations.NullMarked;
