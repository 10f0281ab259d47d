/// **Is** what happens when parts of a lab fail, each with asserted recovery.
///
/// **May depend on** `e2e.cluster`.
///
/// **Start reading at** `Invariants`.
@NullMarked
package dev.drydock.e2e.failure;

import org.jspecify.annotations.NullMarked;
