/// **Is** waiting and measuring: the counterparts of `InstantSource`.
///
/// **May depend on** the JDK.
///
/// **Start reading at** [Timers].
@NullMarked
package dev.drydock.client.time;

import org.jspecify.annotations.NullMarked;
