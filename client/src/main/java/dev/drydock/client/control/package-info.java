/// **Is** the control loop, written once for every controller.
///
/// **May depend on** `client.cache`, `client.queue`, `client.cause`, `client.log`, `api.*`.
///
/// **Start reading at** [Reconciler], [Controller].
@NullMarked
package dev.drydock.client.control;

import org.jspecify.annotations.NullMarked;
