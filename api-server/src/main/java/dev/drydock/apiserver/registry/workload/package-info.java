/// **Is** what is special about what runs pods: Deployments, ReplicaSets, StatefulSets,
/// DaemonSets, Jobs and the like.
///
/// **May depend on** `registry.strategy`, `registry.pod`, `api.*`.
///
/// **Start reading at** [Workloads].
@NullMarked
package dev.drydock.apiserver.registry.workload;

import org.jspecify.annotations.NullMarked;
