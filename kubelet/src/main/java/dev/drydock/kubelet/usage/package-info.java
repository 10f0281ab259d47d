/// **Is** what containers, pods and the node use, and the two forms in which a kubelet tells it:
/// the summary and the resource metrics.
///
/// **May depend on** `api.*`, `kubelet.runtime`, `kubelet.pods`.
///
/// **Start reading at** [NodeUsage].
@NullMarked
package dev.drydock.kubelet.usage;

import org.jspecify.annotations.NullMarked;
