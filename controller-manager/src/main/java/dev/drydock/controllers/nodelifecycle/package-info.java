/// **Is** the node lifecycle controller: notices silent nodes, says so in their conditions and
/// taints, and paces how fast they are given up.
///
/// **May depend on** `client.*` (not `client.rpc`), `api.*`, `controllers.batch`,
/// `controllers.pods`.
///
/// **Start reading at** [NodeMonitor], [NodeHealthRules], [ZoneRules].
@NullMarked
package dev.drydock.controllers.nodelifecycle;

import org.jspecify.annotations.NullMarked;
