/// **Is** what is special about Pods, and about the pod templates of all workloads: defaults,
/// rules, what an update may change, binding, eviction.
///
/// **May depend on** `registry.strategy`, `api.*`.
///
/// **Start reading at** [PodStrategy], then [PodSpecRules].
@NullMarked
package dev.drydock.apiserver.registry.pod;

import org.jspecify.annotations.NullMarked;
