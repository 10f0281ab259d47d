/// **Is** the network part of a simulated node's kernel: pod namespaces, the rule table that
/// kube-proxy programs, connections, the node's real sockets, and the ways to other nodes.
///
/// **May depend on** `kubelet.network`, `api.netfilter`, `client.cache`, `client.time`, sockets of
/// the JDK.
///
/// **Start reading at** [NodeKernel], then [Fabric].
@NullMarked
package dev.drydock.kubelet.kernel;

import org.jspecify.annotations.NullMarked;
