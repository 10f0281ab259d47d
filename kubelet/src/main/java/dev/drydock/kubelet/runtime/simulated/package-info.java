/// **Is** containers that exist only in this JVM: their programs run on virtual threads.
///
/// **May depend on** `kubelet.runtime`, `kubelet.program`, `kubelet.files`, `client.time`.
///
/// **Start reading at** [SimulatedRuntime].
@NullMarked
package dev.drydock.kubelet.runtime.simulated;

import org.jspecify.annotations.NullMarked;
