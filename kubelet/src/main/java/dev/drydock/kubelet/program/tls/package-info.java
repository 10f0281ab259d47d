/// **Is** TLS for servers that run in simulated containers.
///
/// **May depend on** `kubelet.network`, the JDK.
///
/// **Start reading at** [TlsServer].
@NullMarked
package dev.drydock.kubelet.program.tls;

import org.jspecify.annotations.NullMarked;
