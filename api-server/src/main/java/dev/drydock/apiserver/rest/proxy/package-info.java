/// **Is** HTTP passed on to servers inside of the cluster: requests over tunnels, answers with
/// their addresses rewritten.
///
/// **May depend on** `apiserver.nodeproxy`, `api.*`, Netty.
///
/// **Start reading at** [HttpExchange], [Rewriting].
@NullMarked
package dev.drydock.apiserver.rest.proxy;

import org.jspecify.annotations.NullMarked;
