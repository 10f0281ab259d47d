/// **Is** the rules of affinity and anti-affinity between pods.
///
/// **May depend on** `scheduler.framework`, `api.*`.
///
/// **Start reading at** [InterPodAffinity].
@NullMarked
package dev.drydock.scheduler.plugins.podaffinity;

import org.jspecify.annotations.NullMarked;
