/// **Is** what a user does, with the real kubectl.
///
/// **May depend on** `e2e.cluster`.
///
/// **Start reading at** `FirstLightIT`.
@NullMarked
package dev.drydock.e2e.kubectl;

import org.jspecify.annotations.NullMarked;
