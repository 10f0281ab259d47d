/// **Is** what the build runs over the finished class path: the training of the AOT cache.
///
/// **May depend on** every component, as the only place that sees them all in one JVM.
///
/// **Start reading at** [Training].
@NullMarked
package dev.drydock.dist;

import org.jspecify.annotations.NullMarked;
