/// **Is** the container runtime as the agent sees it: one narrow interface and its values.
///
/// **May depend on** `api.meta`, `kubelet.program`, `kubelet.files`, `kubelet.image`,
/// `kubelet.network`.
///
/// **Start reading at** [ContainerRuntime].
@NullMarked
package dev.drydock.kubelet.runtime;

import org.jspecify.annotations.NullMarked;
