/// **Is** times and durations as Kubernetes writes them.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [KubernetesTime], [GoDuration].
@NullMarked
package dev.drydock.api.time;

import org.jspecify.annotations.NullMarked;
