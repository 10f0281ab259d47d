/// **Is** the bench that controllers are tried on: fake API, fake clock, real informers and
/// loops.
///
/// **May depend on** `testkit.*`, `controllers.context`.
///
/// **Start reading at** [Bench].
@NullMarked
package dev.drydock.controllers.bench;

import org.jspecify.annotations.NullMarked;
