/// **Is** the lab and its parts in containers, on a real Docker engine; skips where there is none.
///
/// **May depend on** `e2e.cluster`, `lab`, Testcontainers.
///
/// **Start reading at** `ComposeLabIT`.
@NullMarked
package dev.drydock.e2e.compose;

import org.jspecify.annotations.NullMarked;
