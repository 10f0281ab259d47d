package dev.drydock.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.LinuxContainerUser;
import io.fabric8.kubernetes.api.model.LinuxContainerUserBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// As whom the first process of a container runs. No image names a user or puts one into groups:
/// who is told nothing is root, and alone in root's group. Pure.
public final class ContainerUserRules {
  private ContainerUserRules() {}

  /// The container's word counts before the pod's. Groups are in order, the process's own among
  /// them, as containerd tells of them.
  public static LinuxContainerUser user(Pod pod, Container container) {
    Optional<SecurityContext> own = Optional.ofNullable(container.getSecurityContext());
    Optional<PodSecurityContext> shared = Optional.ofNullable(pod.getSpec().getSecurityContext());
    long uid =
        own.map(SecurityContext::getRunAsUser)
            .or(() -> shared.map(PodSecurityContext::getRunAsUser))
            .orElse(0L);
    long gid =
        own.map(SecurityContext::getRunAsGroup)
            .or(() -> shared.map(PodSecurityContext::getRunAsGroup))
            .orElse(0L);
    var groups = new TreeSet<Long>(List.of(gid));
    shared.map(PodSecurityContext::getFsGroup).ifPresent(groups::add);
    shared.map(PodSecurityContext::getSupplementalGroups).ifPresent(groups::addAll);
    return new LinuxContainerUserBuilder()
        .withUid(uid)
        .withGid(gid)
        .withSupplementalGroups(List.copyOf(groups))
        .build();
  }

  /// Whether the pod says that it is of another system, whose users are none of these.
  static boolean isElsewhere(Pod pod) {
    return pod.getSpec().getOs() != null && "windows".equals(pod.getSpec().getOs().getName());
  }
}
