/// **Is** what the kernel of a node offers and asks over gRPC: its rule table, and tunnels to pods.
///
/// **May depend on** `kubelet.kernel`, proto, gRPC.
///
/// **Start reading at** [KernelRpc], [TunnelRpc], [TunnelClient].
@NullMarked
package dev.drydock.kubelet.kernel.rpc;

import org.jspecify.annotations.NullMarked;
