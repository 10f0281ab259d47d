/// **Is** what the scheduler knows of the cluster: nodes, the pods on them, and those it has placed
/// itself but not seen bound yet.
///
/// **May depend on** `client.cache`, `scheduler.framework`.
///
/// **Start reading at** [ClusterState].
@NullMarked
package dev.drydock.scheduler.cluster;

import org.jspecify.annotations.NullMarked;
