/// **Is** the kubelet's server: who may call, and the service of logs and crashes.
///
/// **May depend on** proto, gRPC, `kubelet.pods`, `kubelet.runtime`, `kubelet.usage`.
///
/// **Start reading at** [KubeletServer], [NodeCalls].
@NullMarked
package dev.drydock.kubelet.rpc;

import org.jspecify.annotations.NullMarked;
