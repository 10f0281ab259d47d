/// **Is** the Kubernetes project's test image: one program with a command for each thing that a
/// test may want of a container.
///
/// **May depend on** `kubelet.program`, `kubelet.network`, `kubelet.files`.
///
/// **Start reading at** [Agnhost].
@NullMarked
package dev.drydock.kubelet.program.agnhost;

import org.jspecify.annotations.NullMarked;
