/// **Is** gRPC's health service (`grpc.health.v1.Health`), both sides, in the clear over the
/// simulated network.
///
/// Netty's HTTP/2 codec does the framing; the thread that reads the connection drives it. The
/// messages are small enough to be written by hand.
///
/// **May depend on** `kubelet.network`, Netty's HTTP/2 codec.
///
/// **Start reading at** [HealthServer], [HealthCall].
@NullMarked
package dev.drydock.kubelet.program.grpc;

import org.jspecify.annotations.NullMarked;
