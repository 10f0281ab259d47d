/// **Is** the agent's work on pods: one serial worker per pod, which starts, probes, restarts and
/// ends containers.
///
/// **May depend on** `kubelet.runtime`, `kubelet.image`, `kubelet.network`, `kubelet.status`,
/// `kubelet.files`, `kubelet.program`, `client.*` except `client.rpc`.
///
/// **Start reading at** [PodAgent], [PodWorker], [PodPlan].
@NullMarked
package dev.drydock.kubelet.pods;

import org.jspecify.annotations.NullMarked;
