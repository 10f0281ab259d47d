/// **Is** what is forwarded to a pod's kubelet: logs.
///
/// **May depend on** `apiserver.request`, `apiserver.tls`, `api.*`, `client.lifecycle`, proto,
/// gRPC.
///
/// **Start reading at** [PodLogs].
@NullMarked
package dev.drydock.apiserver.nodeproxy;

import org.jspecify.annotations.NullMarked;
