/// **Is** the work queue and its three promises.
///
/// **May depend on** `client.time`.
///
/// **Start reading at** [WorkQueue].
@NullMarked
package dev.drydock.client.queue;

import org.jspecify.annotations.NullMarked;
