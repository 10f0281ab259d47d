package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.program.User;
import dev.drydock.kubelet.status.ContainerUserRules;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LinuxContainerUser;
import io.fabric8.kubernetes.api.model.Pod;

/// What the security contexts of pod and container come to. Pure.
final class Privileges {
  private Privileges() {}

  static User user(Pod pod, Container container) {
    LinuxContainerUser user = ContainerUserRules.user(pod, container);
    return new User(user.getUid(), user.getGid());
  }

  /// What the container may do to the files of its image.
  static Mount.Access root(Container container) {
    var own = container.getSecurityContext();
    return own != null && Boolean.TRUE.equals(own.getReadOnlyRootFilesystem())
        ? Mount.Access.READ_ONLY
        : Mount.Access.READ_WRITE;
  }
}
