package dev.drydock.kubelet.pods;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.kubelet.pods.PodPlan.Doing;
import dev.drydock.kubelet.status.ContainerView.Role;
import dev.drydock.kubelet.status.ContainerView.State;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pod's containers as a worker first sees them. Containers that ran under an earlier process of
/// this kubelet are gone with it, as after a reboot of the node: they count as ended with code 255.
final class PodRestore {
  private final Pod pod;
  private final Instant now;
  private final Map<String, ContainerStatus> statuses = new HashMap<>();

  PodRestore(Pod pod, Instant now) {
    this.pod = pod;
    this.now = now;
    PodStatus status = pod.getStatus();
    if (status != null) {
      status.getInitContainerStatuses().forEach(one -> statuses.put(one.getName(), one));
      status.getEphemeralContainerStatuses().forEach(one -> statuses.put(one.getName(), one));
      status.getContainerStatuses().forEach(one -> statuses.put(one.getName(), one));
    }
  }

  /// Whether anything ran here before.
  boolean ranBefore() {
    return statuses.values().stream().anyMatch(status -> status.getContainerID() != null);
  }

  /// Init containers first.
  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    for (Container init : pod.getSpec().getInitContainers()) {
      boolean sidecar = "Always".equals(init.getRestartPolicy());
      slots.add(slot(sidecar ? Role.SIDECAR : Role.INIT, init));
    }
    for (Container app : pod.getSpec().getContainers()) {
      slots.add(slot(Role.APP, app));
    }
    ephemerals(pod).forEach(one -> slots.add(slot(Role.EPHEMERAL, one)));
    return slots;
  }

  /// A pod's ephemeral containers, as containers.
  private static List<Container> ephemerals(Pod pod) {
    return pod.getSpec().getEphemeralContainers().stream()
        .map(one -> TypedCodec.read(TypedCodec.tree(one), Container.class))
        .toList();
  }

  /// The slots, and one more for each ephemeral container that has been added to the pod.
  static List<Slot> grown(List<Slot> slots, Pod pod) {
    if (pod.getSpec().getEphemeralContainers().isEmpty()) {
      return slots;
    }
    List<Slot> all = new ArrayList<>(slots);
    ephemerals(pod).stream()
        .filter(one -> all.stream().noneMatch(slot -> slot.name().equals(one.getName())))
        .map(one -> new Slot(Role.EPHEMERAL, one, new State.Waiting("ContainerCreating", "")))
        .forEach(all::add);
    return List.copyOf(all);
  }

  private Slot slot(Role role, Container container) {
    boolean initFirst = role != Role.EPHEMERAL && !pod.getSpec().getInitContainers().isEmpty();
    String waiting = initFirst ? "PodInitializing" : "ContainerCreating";
    Slot slot = new Slot(role, container, new State.Waiting(waiting, ""));
    ContainerStatus before = statuses.get(container.getName());
    if (before == null) {
      return slot;
    }
    slot.restarts = before.getRestartCount() == null ? 0 : before.getRestartCount();
    ContainerState last = before.getLastState();
    if (last != null && last.getTerminated() != null) {
      slot.last = terminated(last.getTerminated());
    }
    State.@Nullable Terminated ended = ended(before);
    if (ended == null) {
      return slot;
    }
    boolean again = role == Role.INIT && !isOver() && !isNeverRestarted();
    if (again && hasEndedForGood(ended)) {
      slot.state = ended;
      slot.doing = Doing.DUE;
    } else if (again) {
      slot.last = ended;
    } else {
      slot.state = ended;
    }
    return slot;
  }

  /// A pod that is never restarted gets no new sandbox either, and so ends.
  private boolean isNeverRestarted() {
    return "Never".equals(pod.getSpec().getRestartPolicy());
  }

  /// Whether the API lets the container's status not leave its end any more. It runs again all the
  /// same: what it had made is gone with the sandbox.
  private boolean hasEndedForGood(State.Terminated ended) {
    return "OnFailure".equals(pod.getSpec().getRestartPolicy()) && ended.exitCode() == 0;
  }

  private boolean isOver() {
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private State.@Nullable Terminated ended(ContainerStatus before) {
    ContainerState state = before.getState();
    if (state == null) {
      return null;
    }
    if (state.getTerminated() != null) {
      return terminated(state.getTerminated());
    }
    if (state.getRunning() == null) {
      return null;
    }
    Instant startedAt = KubernetesTime.parseOrEpoch(state.getRunning().getStartedAt());
    String id = before.getContainerID() == null ? "" : before.getContainerID();
    return new State.Terminated(id, 255, "Unknown", "", startedAt, now);
  }

  private static State.Terminated terminated(ContainerStateTerminated ended) {
    return new State.Terminated(
        text(ended.getContainerID()),
        ended.getExitCode() == null ? 0 : ended.getExitCode(),
        text(ended.getReason()),
        text(ended.getMessage()),
        time(ended.getStartedAt()),
        time(ended.getFinishedAt()));
  }

  private static @Nullable Instant time(@Nullable String text) {
    return text == null ? null : KubernetesTime.parseOrEpoch(text);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
