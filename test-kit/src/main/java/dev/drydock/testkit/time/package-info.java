/// **Is** time that a test moves.
///
/// **May depend on** `client.time`.
///
/// **Start reading at** [FakeClock].
@NullMarked
package dev.drydock.testkit.time;

import org.jspecify.annotations.NullMarked;
