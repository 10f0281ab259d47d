/// **Is** the rule that cordoned nodes get no new pods.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [NodeUnschedulable].
@NullMarked
package dev.drydock.scheduler.plugins.unschedulable;

import org.jspecify.annotations.NullMarked;
