/// **Is** what becomes of connections that leave HTTP behind: the channels of exec and attach over
/// WebSocket and SPDY, forwarded ports, and bytes passed through.
///
/// **May depend on** `apiserver.nodeproxy`, `apiserver.request`, `api.*`, Netty.
///
/// **Start reading at** [Takeover], [Wire], [SessionPump].
@NullMarked
package dev.drydock.apiserver.rest.upgrade;

import org.jspecify.annotations.NullMarked;
