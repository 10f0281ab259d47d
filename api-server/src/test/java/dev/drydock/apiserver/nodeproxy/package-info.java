/// **Is** tests of what is forwarded to kubelets.
///
/// **May depend on** JUnit.
///
/// **Start reading at** [PodContainersTest].
@NullMarked
package dev.drydock.apiserver.nodeproxy;

import org.jspecify.annotations.NullMarked;
