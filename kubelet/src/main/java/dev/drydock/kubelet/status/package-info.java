/// **Is** what a pod's status says: a pure function of the pod and the states of its containers;
/// and the writer which tells the api-server.
///
/// **May depend on** `api.*`; the writer also on `client.resource`, `client.cause`,
/// `client.time`.
///
/// **Start reading at** [PodStatusRules], [StatusWriter].
@NullMarked
package dev.drydock.kubelet.status;

import org.jspecify.annotations.NullMarked;
