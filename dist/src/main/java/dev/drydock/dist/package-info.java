/// **Is** what the build runs over the class path: the upgrade of old classes, and the training of
/// the AOT cache.
///
/// **May depend on** every component, as the only place that sees them all in one JVM.
///
/// **Start reading at** [Training].
@NullMarked
package dev.drydock.dist;

import org.jspecify.annotations.NullMarked;
