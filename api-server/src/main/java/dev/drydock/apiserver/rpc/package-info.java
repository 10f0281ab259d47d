/// **Is** the same API as `rest`, for components, over gRPC with mutual TLS; and the ledger's
/// service.
///
/// **May depend on** `apiserver.request`, `apiserver.filter`, `apiserver.ledger`,
/// `apiserver.access`, `apiserver.tls`, `client.net`, proto, gRPC.
///
/// **Start reading at** [RpcServer], [ResourceRpc].
@NullMarked
package dev.drydock.apiserver.rpc;

import org.jspecify.annotations.NullMarked;
