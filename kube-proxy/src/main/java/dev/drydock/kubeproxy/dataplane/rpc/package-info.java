/// **Is** the way to the kernel of the own node.
///
/// **May depend on** `kubeproxy.dataplane`, `client.rpc`, proto, gRPC.
///
/// **Start reading at** [KernelDataplane].
@NullMarked
package dev.drydock.kubeproxy.dataplane.rpc;

import org.jspecify.annotations.NullMarked;
