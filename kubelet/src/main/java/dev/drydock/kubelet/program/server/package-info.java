/// **Is** the servers of well-known images: they answer over the simulated network.
///
/// **May depend on** `kubelet.program`, `kubelet.network`.
///
/// **Start reading at** [Servers].
@NullMarked
package dev.drydock.kubelet.program.server;

import org.jspecify.annotations.NullMarked;
