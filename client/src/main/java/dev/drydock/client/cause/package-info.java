/// **Is** why this thread does what it does: the revisions that woke it.
///
/// **May depend on** `api.meta`.
///
/// **Start reading at** [Causes].
@NullMarked
package dev.drydock.client.cause;

import org.jspecify.annotations.NullMarked;
