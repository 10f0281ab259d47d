package dev.drydock.kubelet.pods;

import dev.drydock.kubelet.pods.PodPlan.Doing;
import dev.drydock.kubelet.status.ContainerView.State;
import dev.drydock.kubelet.status.PodView;
import dev.drydock.kubelet.status.PodView.Verdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerResizePolicy;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Follows changes of a pod's resources: asks the node for room, then gives each container what it
/// got, in place or by a restart. Runs in the pod's mailbox.
///
/// ```
/// wished --(room)--> allocated --(soon, or restarted)--> actual
///    \--(no room)--> pending: deferred (tried again) or infeasible
/// ```
final class PodResizing {
  private static final Duration ACTUATION = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final PodContext context;
  private final ContainerCare care;
  private final Room room;
  private volatile Pod allocated;
  private @Nullable Verdict pending;
  private PodView.Progress progress = PodView.Progress.NONE;
  private int turn;

  /// Who knows what the node has left.
  @FunctionalInterface
  interface Room {

    /// Lets the pod have what it wants from now on.
    ///
    /// @param granted what happens when it may; nobody else is granted anything meanwhile
    /// @return why it may not: `Deferred` or `Infeasible`; nothing when it may
    Optional<Verdict> grant(Pod wanted, Runnable granted);
  }

  PodResizing(PodContext context, ContainerCare care, Room room) {
    this.context = context;
    this.care = care;
    this.room = room;
    this.allocated = atFirst(context.pod);
  }

  /// The pod with the resources that the node has set aside for it. Anybody may read it.
  Pod allocated() {
    return allocated;
  }

  /// What the pod's status says of it.
  PodView.Resize shown() {
    return new PodView.Resize(pending, progress);
  }

  /// The pod has changed. Afterwards [#allocated] has everything else that is new in it.
  void wish(Pod pod) {
    turn++;
    if (sameResources(pod, allocated)) {
      allocated = pod;
      pending = null;
      return;
    }
    Verdict before = pending;
    pending = room.grant(pod, () -> allocated = pod).orElse(null);
    if (pending == null) {
      progress = PodView.Progress.UNDERWAY;
      context.normal("ResizeStarted", "Pod resize started: " + ResizeSummary.of(pod, ""));
      return;
    }
    allocated = withResources(pod, resources(allocated));
    if (!pending.equals(before)) {
      String text = "Pod resize " + pending.reason() + ": ";
      context.warning("Resize" + pending.reason(), text + ResizeSummary.of(pod, pending.message()));
    }
    if (pending.reason().equals("Deferred")) {
      int now = turn;
      context.laterAfter(RETRY, () -> again(now));
    }
  }

  private void again(int then) {
    if (turn == then && pending != null) {
      wish(context.pod);
    }
  }

  /// Gives running containers what is theirs by now.
  void actuate(List<Slot> slots) {
    boolean underway = false;
    for (Slot slot : slots) {
      ResourceRequirements wanted = slot.spec.getResources();
      if (same(slot.actual, wanted)) {
        slot.actual = wanted;
      } else if (slot.state instanceof State.Running) {
        underway = true;
        actuate(slot);
      } else if (slot.id != null && slot.doing != Doing.NOTHING) {
        underway = true;
      }
    }
    if (!underway && progress == PodView.Progress.UNDERWAY) {
      progress = PodView.Progress.NONE;
      context.normal("ResizeCompleted", "Pod resize completed: " + ResizeSummary.of(allocated, ""));
    }
  }

  private void actuate(Slot slot) {
    if (slot.doing == Doing.RUNNING && needsRestart(slot)) {
      Long grace = context.pod.getSpec().getTerminationGracePeriodSeconds();
      care.stop(
          slot,
          "Container " + slot.name() + " resize requires restart",
          Duration.ofSeconds(grace == null ? 30 : grace));
    } else if (!same(slot.resizing, slot.spec.getResources()) && !needsRestart(slot)) {
      ResourceRequirements target = slot.spec.getResources();
      slot.resizing = target;
      int then = slot.turn;
      context.laterAfter(
          ACTUATION,
          () -> {
            if (slot.turn == then && same(slot.resizing, target)) {
              slot.actual = target;
            }
          });
    }
  }

  private static boolean needsRestart(Slot slot) {
    for (ContainerResizePolicy policy : slot.spec.getResizePolicy()) {
      String resource = policy.getResourceName();
      if ("RestartContainer".equals(policy.getRestartPolicy())
          && !sameOf(resource, slot.actual, slot.spec.getResources())) {
        return true;
      }
    }
    return false;
  }

  /// After a restart of the kubelet, the status knows what a container has.
  private static Pod atFirst(Pod pod) {
    if (pod.getStatus() == null || pod.getStatus().getStartTime() == null) {
      return pod;
    }
    Map<String, ResourceRequirements> known = new HashMap<>();
    for (ContainerStatus status : pod.getStatus().getInitContainerStatuses()) {
      known.put(status.getName(), status.getResources());
    }
    for (ContainerStatus status : pod.getStatus().getContainerStatuses()) {
      known.put(status.getName(), status.getResources());
    }
    known.values().removeIf(resources -> resources == null);
    Pod begun = withResources(pod, known);
    return sameResources(begun, pod) ? pod : begun;
  }

  private static Map<String, ResourceRequirements> resources(Pod pod) {
    Map<String, ResourceRequirements> all = new HashMap<>();
    pod.getSpec().getInitContainers().forEach(one -> all.put(one.getName(), one.getResources()));
    pod.getSpec().getContainers().forEach(one -> all.put(one.getName(), one.getResources()));
    return all;
  }

  private static Pod withResources(Pod pod, Map<String, ResourceRequirements> resources) {
    return new PodBuilder(pod)
        .editSpec()
        .withInitContainers(with(pod.getSpec().getInitContainers(), resources))
        .withContainers(with(pod.getSpec().getContainers(), resources))
        .endSpec()
        .build();
  }

  private static List<Container> with(
      List<Container> containers, Map<String, ResourceRequirements> resources) {
    return containers.stream()
        .map(
            one ->
                resources.containsKey(one.getName())
                    ? one.toBuilder().withResources(resources.get(one.getName())).build()
                    : one)
        .toList();
  }

  private static boolean sameResources(Pod one, Pod other) {
    Map<String, ResourceRequirements> there = resources(other);
    return resources(one).entrySet().stream()
        .allMatch(entry -> same(entry.getValue(), there.get(entry.getKey())));
  }

  private static boolean same(
      @Nullable ResourceRequirements one, @Nullable ResourceRequirements other) {
    return sameOf("cpu", one, other) && sameOf("memory", one, other);
  }

  private static boolean sameOf(
      String resource, @Nullable ResourceRequirements one, @Nullable ResourceRequirements other) {
    return ResizeSummary.amounts(resource, one).equals(ResizeSummary.amounts(resource, other));
  }
}
