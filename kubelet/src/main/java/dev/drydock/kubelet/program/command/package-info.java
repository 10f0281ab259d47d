/// **Is** the small commands that busybox-like images have.
///
/// **May depend on** `kubelet.program`, `kubelet.files`, `kubelet.network`, `program.http`.
///
/// **Start reading at** [Commands].
@NullMarked
package dev.drydock.kubelet.program.command;

import org.jspecify.annotations.NullMarked;
