/// **Is** tests of the gRPC port, over mutual TLS on an ephemeral port.
///
/// **May depend on** everything in the module, JUnit, gRPC.
///
/// **Start reading at** [RpcServerTest].
@NullMarked
package dev.drydock.apiserver.rpc;

import org.jspecify.annotations.NullMarked;
