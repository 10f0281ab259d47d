/// **Is** what runs in a simulated container: a [Program] on a virtual thread, and the world that
/// it sees: arguments, environment, files, streams, signals, clock, network, other processes.
///
/// **May depend on** `kubelet.files`, `kubelet.network`, `client.time`.
///
/// **Start reading at** [Program], [World].
@NullMarked
package dev.drydock.kubelet.program;

import org.jspecify.annotations.NullMarked;
