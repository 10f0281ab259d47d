/// **Is** the rule that spreads pods over zones, nodes and other domains.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [PodTopologySpread].
@NullMarked
package dev.drydock.scheduler.plugins.spread;

import org.jspecify.annotations.NullMarked;
