package dev.drydock.kubelet.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which status may follow another. The api-server refuses that an init container which has ended
/// for good runs again; but it does so when its pod gets a new sandbox. As in Kubernetes, nothing
/// is told of such a pod until the container has ended once more. Pure.
///
/// @param once names of the containers that the api-server holds to their end
record TransitionRules(Set<String> once) {

  TransitionRules {
    once = Set.copyOf(once);
  }

  static TransitionRules of(Pod pod) {
    if (!"OnFailure".equals(pod.getSpec().getRestartPolicy())) {
      return new TransitionRules(Set.of());
    }
    return new TransitionRules(
        pod.getSpec().getInitContainers().stream()
            .filter(one -> !"Always".equals(one.getRestartPolicy()))
            .map(one -> one.getName())
            .collect(Collectors.toSet()));
  }

  /// What may be written on the way from one status to another: the other, a step towards it, or
  /// once more the first.
  PodStatus next(PodStatus before, PodStatus wanted) {
    if (once.isEmpty()) {
      return wanted;
    }
    List<ContainerStatus> inits = new ArrayList<>();
    for (ContainerStatus now : wanted.getInitContainerStatuses()) {
      Optional<ContainerStatus> held =
          before.getInitContainerStatuses().stream()
              .filter(was -> was.getName().equals(now.getName()) && isHeld(was))
              .findFirst();
      if (held.isEmpty() || ended(now.getState()).isPresent()) {
        inits.add(now);
        continue;
      }
      Optional<ContainerStateTerminated> since =
          ended(now.getLastState()).filter(last -> !isEndOf(held.get(), last));
      if (since.isPresent()) {
        inits.add(endedAgain(held.get(), since.get()));
      } else if (PodPhaseRules.isTerminal(wanted.getPhase())) {
        inits.add(held.get());
      } else {
        return before;
      }
    }
    return inits.equals(wanted.getInitContainerStatuses())
        ? wanted
        : wanted.toBuilder().withInitContainerStatuses(inits).build();
  }

  private boolean isHeld(ContainerStatus status) {
    return once.contains(status.getName())
        && ended(status.getState())
            .filter(end -> end.getExitCode() == null || end.getExitCode() == 0)
            .isPresent();
  }

  private static boolean isEndOf(ContainerStatus status, ContainerStateTerminated end) {
    return ended(status.getState())
        .filter(own -> Objects.equals(own.getContainerID(), end.getContainerID()))
        .isPresent();
  }

  /// The end of a run that nobody has been told of.
  private static ContainerStatus endedAgain(ContainerStatus held, ContainerStateTerminated end) {
    return held.toBuilder()
        .withContainerID(end.getContainerID())
        .withRestartCount(held.getRestartCount() == null ? 1 : held.getRestartCount() + 1)
        .withLastState(held.getState())
        .withNewState()
        .withTerminated(end)
        .endState()
        .withReady(false)
        .build();
  }

  private static Optional<ContainerStateTerminated> ended(ContainerState state) {
    return Optional.ofNullable(state).map(ContainerState::getTerminated);
  }
}
