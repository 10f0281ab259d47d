/// **Is** a whole lab of real processes for a test, and how to wait for what it becomes.
///
/// **May depend on** `lab`, `client`.
///
/// **Start reading at** `TestLab`.
@NullMarked
package dev.drydock.e2e.cluster;

import org.jspecify.annotations.NullMarked;
