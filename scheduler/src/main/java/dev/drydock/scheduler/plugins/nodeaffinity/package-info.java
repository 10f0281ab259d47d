/// **Is** the rules of `nodeSelector` and node affinity.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [NodeAffinity].
@NullMarked
package dev.drydock.scheduler.plugins.nodeaffinity;

import org.jspecify.annotations.NullMarked;
