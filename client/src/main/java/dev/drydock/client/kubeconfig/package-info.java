/// **Is** reading a kubeconfig: where the api-server is and who we are.
///
/// **May depend on** SnakeYAML Engine.
///
/// **Start reading at** [Kubeconfig].
@NullMarked
package dev.drydock.client.kubeconfig;

import org.jspecify.annotations.NullMarked;
