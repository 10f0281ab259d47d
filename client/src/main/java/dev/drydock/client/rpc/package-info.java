/// **Is** the API over gRPC; named only in each `Main`.
///
/// **May depend on** `client.resource`, `client.kubeconfig`, `client.cause`, `client.ledger`,
/// `client.net`, proto, gRPC.
///
/// **Start reading at** [ApiConnection], [GrpcApi].
@NullMarked
package dev.drydock.client.rpc;

import org.jspecify.annotations.NullMarked;
