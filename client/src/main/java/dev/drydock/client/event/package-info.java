/// **Is** recording Kubernetes events.
///
/// **May depend on** `client.resource`, `client.time`.
///
/// **Start reading at** [EventRecorder].
@NullMarked
package dev.drydock.client.event;

import org.jspecify.annotations.NullMarked;
