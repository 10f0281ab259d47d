/// **Is** the rule that a pod which names its node goes nowhere else.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [NodeName].
@NullMarked
package dev.drydock.scheduler.plugins.nodename;

import org.jspecify.annotations.NullMarked;
