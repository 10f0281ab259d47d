/// **Is** where the rules go.
///
/// **May depend on** `kubeproxy.rules`.
///
/// **Start reading at** [Dataplane].
@NullMarked
package dev.drydock.kubeproxy.dataplane;

import org.jspecify.annotations.NullMarked;
