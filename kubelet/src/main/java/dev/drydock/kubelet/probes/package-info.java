/// **Is** asking containers how they are (probes), and telling them of their life (hooks).
///
/// **May depend on** `kubelet.network`, `kubelet.program`, `kubelet.runtime`, `client.time`.
///
/// **Start reading at** [ProbeLoop], [Checks].
@NullMarked
package dev.drydock.kubelet.probes;

import org.jspecify.annotations.NullMarked;
