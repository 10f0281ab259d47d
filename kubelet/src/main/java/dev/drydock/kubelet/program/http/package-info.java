/// **Is** a small HTTP/1.1, both sides, over the simulated network.
///
/// **May depend on** `kubelet.program`, `kubelet.network`.
///
/// **Start reading at** [HttpServer], [HttpCall].
@NullMarked
package dev.drydock.kubelet.program.http;

import org.jspecify.annotations.NullMarked;
