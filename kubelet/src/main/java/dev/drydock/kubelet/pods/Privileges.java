package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.files.Mount;
import dev.drydock.kubelet.program.User;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/// What the security contexts of pod and container come to. Pure.
final class Privileges {
  private Privileges() {}

  /// The container's word counts before the pod's.
  static User user(Pod pod, Container container) {
    var own = Optional.ofNullable(container.getSecurityContext());
    var shared = Optional.ofNullable(pod.getSpec().getSecurityContext());
    long uid =
        own.map(context -> context.getRunAsUser())
            .or(() -> shared.map(context -> context.getRunAsUser()))
            .orElse(0L);
    long gid =
        own.map(context -> context.getRunAsGroup())
            .or(() -> shared.map(context -> context.getRunAsGroup()))
            .orElse(0L);
    return new User(uid, gid);
  }

  /// What the container may do to the files of its image.
  static Mount.Access root(Container container) {
    var own = container.getSecurityContext();
    return own != null && Boolean.TRUE.equals(own.getReadOnlyRootFilesystem())
        ? Mount.Access.READ_ONLY
        : Mount.Access.READ_WRITE;
  }
}
