/// **Is** the way to extension api-servers: over tunnels to the endpoints of their Service, with
/// TLS by which both sides know each other, and headers that name the user.
///
/// **May depend on** `apiserver.aggregation`, `apiserver.nodeproxy`, `apiserver.request`,
/// `apiserver.rest.proxy`, `apiserver.tls`, `api.*`, Netty.
///
/// **Start reading at** [RemoteConnections].
@NullMarked
package dev.drydock.apiserver.rest.extension;

import org.jspecify.annotations.NullMarked;
