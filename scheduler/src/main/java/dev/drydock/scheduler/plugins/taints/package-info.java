/// **Is** the rule that taints keep away pods that do not tolerate them.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [TaintToleration].
@NullMarked
package dev.drydock.scheduler.plugins.taints;

import org.jspecify.annotations.NullMarked;
