/// **Is** what a scheduling rule sees and says: immutable views of pods, nodes and the cluster,
/// verdicts and scores.
///
/// **May depend on** `api.*`.
///
/// **Start reading at** [FilterPlugin], [ScorePlugin], [ClusterView].
@NullMarked
package dev.drydock.scheduler.framework;

import org.jspecify.annotations.NullMarked;
