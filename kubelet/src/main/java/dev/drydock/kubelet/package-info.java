/// **Is** a kubelet: one or many simulated nodes in one process, wired.
///
/// **May depend on** everything below it, and `client.*`; `client.rpc` only in [Main].
///
/// **Start reading at** [Main], [Kubelet], [SimulatedNode].
@NullMarked
package dev.drydock.kubelet;

import org.jspecify.annotations.NullMarked;
