/// **Is** the rule that a port of a node is used once.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [NodePorts].
@NullMarked
package dev.drydock.scheduler.plugins.ports;

import org.jspecify.annotations.NullMarked;
