/// **Is** run soon, not too often, and again after a failure.
///
/// **May depend on** `client.time`.
///
/// **Start reading at** [SyncPace].
@NullMarked
package dev.drydock.kubeproxy.pace;

import org.jspecify.annotations.NullMarked;
