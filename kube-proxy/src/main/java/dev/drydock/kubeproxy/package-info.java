/// **Is** kube-proxy: it makes the Services of the cluster work on one node.
///
/// **May depend on** all packages below it.
///
/// **Start reading at** [KubeProxy], then [Main].
@NullMarked
package dev.drydock.kubeproxy;

import org.jspecify.annotations.NullMarked;
