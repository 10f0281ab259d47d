/// **Is** a small POSIX shell: words, quotes, variables, pipes, redirects, loops, functions, traps.
///
/// **May depend on** `kubelet.program`, `kubelet.files`, `kubelet.network` (pipes).
///
/// **Start reading at** [Shell], [Parser], [Interpreter].
@NullMarked
package dev.drydock.kubelet.program.shell;

import org.jspecify.annotations.NullMarked;
