/// **Is** what a watch delivers.
///
/// **May depend on** `api.meta`, `api.status`.
///
/// **Start reading at** [WatchEvent].
@NullMarked
package dev.drydock.api.watch;

import org.jspecify.annotations.NullMarked;
