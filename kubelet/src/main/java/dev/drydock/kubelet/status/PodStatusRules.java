package dev.drydock.kubelet.status;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HostIP;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The whole status of a pod, from its spec and what its containers do. Pure.
public final class PodStatusRules {
  private PodStatusRules() {}

  /// @param before the status before this one: times of conditions that did not change, and
  ///     conditions of others, are kept
  public static PodStatus status(Pod pod, PodView view, PodStatus before, Instant now) {
    String own = PodPhaseRules.phase(pod, view);
    boolean held = PodPhaseRules.isTerminal(own) && isHeld(view, before);
    String phase = held ? before.getPhase() : own;
    List<PodCondition> conditions =
        ConditionRules.conditions(pod, view, phase, before.getConditions(), now);
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withObservedGeneration(pod.getMetadata().getGeneration())
            .withPhase(phase)
            .withConditions(conditions)
            .withHostIP(view.hostIp())
            .withHostIPs(new HostIP(view.hostIp()))
            .withStartTime(ContainerStatusRules.time(view.startedAt()))
            .withQosClass(before.getQosClass() == null ? qosClass(pod) : before.getQosClass())
            .withInitContainerStatuses(statuses(pod, view.inits()))
            .withContainerStatuses(statuses(pod, view.apps()))
            .withEphemeralContainerStatuses(statuses(pod, view.ephemerals()));
    String ip = ip(view, before);
    if (!ip.isEmpty()) {
      status.withPodIP(ip).withPodIPs(new PodIP(ip));
    }
    if (view.verdict() != null && !held) {
      status.withReason(view.verdict().reason()).withMessage(view.verdict().message());
    }
    return status.build();
  }

  /// A pod does not end while any of its containers still runs, such as a sidecar that is told to
  /// stop: it keeps the phase that it had.
  private static boolean isHeld(PodView view, PodStatus before) {
    return before.getPhase() != null
        && !PodPhaseRules.isTerminal(before.getPhase())
        && view.containers().stream()
            .anyMatch(container -> container.state() instanceof ContainerView.State.Running);
  }

  /// A pod that has ended keeps the address that it had.
  private static String ip(PodView view, PodStatus before) {
    if (!view.podIp().isEmpty()) {
      return view.podIp();
    }
    return view.life() == PodView.Life.ENDED && before.getPodIP() != null ? before.getPodIP() : "";
  }

  private static List<ContainerStatus> statuses(Pod pod, List<ContainerView> containers) {
    return containers.stream().map(one -> ContainerStatusRules.status(pod, one)).toList();
  }

  /// `Guaranteed`, `Burstable` or `BestEffort`.
  public static String qosClass(Pod pod) {
    List<Container> all =
        Stream.concat(
                pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
            .toList();
    boolean nothing = true;
    boolean guaranteed = true;
    for (Container container : all) {
      Map<String, Quantity> requests =
          container.getResources() == null ? Map.of() : container.getResources().getRequests();
      Map<String, Quantity> limits =
          container.getResources() == null ? Map.of() : container.getResources().getLimits();
      for (String resource : List.of("cpu", "memory")) {
        Quantity limit = limits.get(resource);
        Quantity request = requests.get(resource);
        nothing &= limit == null && request == null;
        guaranteed &= limit != null && (request == null || sameAmount(limit, request));
      }
    }
    return nothing ? "BestEffort" : guaranteed ? "Guaranteed" : "Burstable";
  }

  private static boolean sameAmount(Quantity one, Quantity other) {
    return dev.drydock.api.quantity.Quantity.of(one)
        .equals(dev.drydock.api.quantity.Quantity.of(other));
  }
}
