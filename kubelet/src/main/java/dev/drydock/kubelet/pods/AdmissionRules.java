package dev.drydock.kubelet.pods;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.selector.NodeSelection;
import dev.drydock.kubelet.status.ContainerView.Role;
import dev.drydock.kubelet.status.PodView.Verdict;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Whether a pod that was put on this node may run here. Pure.
///
/// @param node its name
/// @param allocatable of the node
public record AdmissionRules(String node, Map<String, Quantity> allocatable) {
  private static final List<String> ORDER = List.of("pods", "cpu", "memory", "ephemeral-storage");

  public AdmissionRules {
    allocatable = Map.copyOf(allocatable);
  }

  /// @param labels of the node
  /// @return why it may not be on this node at all; nothing when it may
  Optional<Verdict> judgePlace(Pod pod, Map<String, String> labels) {
    return NodeSelection.matches(pod, node, labels)
        ? KernelSettings.judge(pod)
        : Optional.of(
            new Verdict(
                "NodeAffinity",
                "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node"
                    + " affinity/selector"));
  }

  /// @param pod with the resources that it is to have from now on
  /// @param others that run here
  /// @return `Infeasible` when the node could never give it that, `Deferred` when it can't now
  Optional<Verdict> judgeResize(Pod pod, Collection<Pod> others) {
    Map<String, Quantity> wanted = requests(pod);
    for (String resource : List.of("cpu", "memory")) {
      Quantity request = wanted.getOrDefault(resource, Quantity.ZERO);
      Quantity capacity = allocatable.get(resource);
      if (capacity != null && request.compareTo(capacity) > 0) {
        return Optional.of(
            new Verdict(
                "Infeasible",
                "Node didn't have enough capacity: "
                    + resource
                    + ", requested: "
                    + amount(resource, request)
                    + ", capacity: "
                    + amount(resource, capacity)));
      }
    }
    return judgeRoom(pod, others)
        .map(
            verdict ->
                new Verdict("Deferred", verdict.message().replaceFirst("^Pod was rejected: ", "")));
  }

  /// @param others that run here
  /// @return why there is no room for it; nothing when there is
  Optional<Verdict> judgeRoom(Pod pod, Collection<Pod> others) {
    Map<String, Quantity> used = new HashMap<>();
    others.forEach(other -> add(used, requests(other)));
    used.put("pods", Quantity.of(others.size(), Quantity.Format.DECIMAL_SI));
    Map<String, Quantity> wanted = new TreeMap<>(requests(pod));
    wanted.put("pods", Quantity.of(1, Quantity.Format.DECIMAL_SI));
    for (String resource : ORDER) {
      Quantity request = wanted.getOrDefault(resource, Quantity.ZERO);
      Quantity taken = used.getOrDefault(resource, Quantity.ZERO);
      Quantity capacity = allocatable.get(resource);
      if (capacity != null && !request.isZero() && taken.add(request).compareTo(capacity) > 0) {
        return Optional.of(tooMuch(resource, request, taken, capacity));
      }
    }
    return Optional.empty();
  }

  private static Verdict tooMuch(
      String resource, Quantity request, Quantity taken, Quantity capacity) {
    return new Verdict(
        "OutOf" + resource,
        "Pod was rejected: Node didn't have enough resource: "
            + resource
            + ", requested: "
            + amount(resource, request)
            + ", used: "
            + amount(resource, taken)
            + ", capacity: "
            + amount(resource, capacity));
  }

  private static long amount(String resource, Quantity quantity) {
    return resource.equals("cpu") ? quantity.milliValue() : quantity.value();
  }

  /// What a pod asks for: its app containers and sidecars together, or its greatest init container
  /// when that is more.
  static Map<String, Quantity> requests(Pod pod) {
    Map<String, Quantity> running = new HashMap<>();
    Map<String, Quantity> most = new HashMap<>();
    for (Container init : pod.getSpec().getInitContainers()) {
      if (role(init) == Role.SIDECAR) {
        add(running, requests(init));
        max(most, running);
      } else {
        Map<String, Quantity> together = new HashMap<>(running);
        add(together, requests(init));
        max(most, together);
      }
    }
    pod.getSpec().getContainers().forEach(container -> add(running, requests(container)));
    max(most, running);
    if (pod.getSpec().getOverhead() != null) {
      Map<String, Quantity> overhead = new HashMap<>();
      pod.getSpec().getOverhead().forEach((name, value) -> overhead.put(name, Quantity.of(value)));
      add(most, overhead);
    }
    return most;
  }

  private static Role role(Container init) {
    return "Always".equals(init.getRestartPolicy()) ? Role.SIDECAR : Role.INIT;
  }

  private static Map<String, Quantity> requests(Container container) {
    Map<String, Quantity> all = new HashMap<>();
    if (container.getResources() != null) {
      container.getResources().getRequests().forEach((k, v) -> all.put(k, Quantity.of(v)));
    }
    return all;
  }

  private static void add(Map<String, Quantity> sum, Map<String, Quantity> more) {
    more.forEach((name, value) -> sum.merge(name, value, Quantity::add));
  }

  private static void max(Map<String, Quantity> most, Map<String, Quantity> other) {
    other.forEach(
        (name, value) ->
            most.merge(name, value, (a, b) -> Stream.of(a, b).max(Quantity::compareTo).orElse(a)));
  }
}
