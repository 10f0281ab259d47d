/// **Is** the network as programs and the kubelet see it: connections of bytes between pods. The
/// seam that `kubelet.kernel` implements, and an implementation in memory.
///
/// **May depend on** `api.meta`, the JDK.
///
/// **Start reading at** [NodeNetwork], [PodNetwork].
@NullMarked
package dev.drydock.kubelet.network;

import org.jspecify.annotations.NullMarked;
