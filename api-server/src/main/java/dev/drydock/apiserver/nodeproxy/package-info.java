/// **Is** what is forwarded to kubelets: logs, sessions at processes, connections to pods, pages.
///
/// **May depend on** `apiserver.request`, `apiserver.tls`, `apiserver.webhook` (the door that it
/// opens), `api.*`, `client.net`, `client.lifecycle`, proto, gRPC.
///
/// **Start reading at** [PodLogs], [PodSessions], [Tunnels].
@NullMarked
package dev.drydock.apiserver.nodeproxy;

import org.jspecify.annotations.NullMarked;
