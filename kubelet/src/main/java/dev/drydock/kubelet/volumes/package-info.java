/// **Is** what a pod brings into its containers: volumes, environment, the objects that they refer
/// to.
///
/// **May depend on** `kubelet.files`, `api.*`, `client.resource`, `client.time`.
///
/// **Start reading at** [PodVolumes], [ContainerEnvironment].
@NullMarked
package dev.drydock.kubelet.volumes;

import org.jspecify.annotations.NullMarked;
