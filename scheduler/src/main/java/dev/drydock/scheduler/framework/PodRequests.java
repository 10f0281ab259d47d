package dev.drydock.scheduler.framework;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a pod needs in all, by Kubernetes' rule: containers and sidecars run together; an init
/// container runs alone with the sidecars before it; the pod's overhead comes on top.
final class PodRequests {
  private static final long DEFAULT_MILLI_CPU = 100;
  private static final long DEFAULT_MEMORY = 200L * 1024 * 1024;

  /// No container can have this name.
  private static final String INFEASIBLE = "Infeasible";

  private PodRequests() {}

  static Resources exact(Pod pod) {
    Map<String, Resources> held = held(pod);
    return total(pod.getSpec(), container -> requests(container, held));
  }

  /// With small amounts for containers that ask for nothing, so that scoring spreads them too.
  static Resources nonZero(Pod pod) {
    Map<String, Resources> held = held(pod);
    return total(
        pod.getSpec(),
        container -> {
          Resources asked = requests(container, held);
          return new Resources(
              asked.milliCpu() == 0 ? DEFAULT_MILLI_CPU : asked.milliCpu(),
              asked.memory() == 0 ? DEFAULT_MEMORY : asked.memory(),
              asked.ephemeralStorage(),
              asked.others());
        });
  }

  /// What a container asks for, or what it still has or was granted when that is more. A wish that
  /// its node can never grant does not count.
  private static Resources requests(Container container, Map<String, Resources> held) {
    @Nullable Resources has = held.get(container.getName());
    if (has != null && held.containsKey(INFEASIBLE)) {
      return has;
    }
    @Nullable ResourceRequirements resources = container.getResources();
    Resources asked = Resources.of(resources == null ? null : resources.getRequests());
    return has == null ? asked : asked.max(has);
  }

  /// What containers were granted and have, by name, as their node tells.
  private static Map<String, Resources> held(Pod pod) {
    @Nullable PodStatus status = pod.getStatus();
    if (status == null || status.getContainerStatuses().isEmpty()) {
      return Map.of();
    }
    Map<String, Resources> held = new HashMap<>();
    status.getInitContainerStatuses().forEach(one -> hold(one, held));
    status.getContainerStatuses().forEach(one -> hold(one, held));
    for (PodCondition condition : status.getConditions()) {
      if ("PodResizePending".equals(condition.getType())
          && INFEASIBLE.equals(condition.getReason())) {
        held.put(INFEASIBLE, Resources.NONE);
      }
    }
    return held;
  }

  private static void hold(ContainerStatus status, Map<String, Resources> held) {
    @Nullable ResourceRequirements actual = status.getResources();
    Resources has = Resources.of(actual == null ? null : actual.getRequests());
    Resources both = Resources.of(status.getAllocatedResources()).max(has);
    if (!both.isNone()) {
      held.put(status.getName(), both);
    }
  }

  private static Resources total(PodSpec spec, Function<Container, Resources> requests) {
    Resources together = Resources.NONE;
    for (Container container : spec.getContainers()) {
      together = together.plus(requests.apply(container));
    }
    Resources sidecars = Resources.NONE;
    Resources starting = Resources.NONE;
    @Nullable List<Container> inits = spec.getInitContainers();
    for (Container init : inits == null ? List.<Container>of() : inits) {
      Resources own = requests.apply(init);
      if ("Always".equals(init.getRestartPolicy())) {
        sidecars = sidecars.plus(own);
        starting = starting.max(sidecars);
      } else {
        starting = starting.max(sidecars.plus(own));
      }
    }
    Resources needed = together.plus(sidecars).max(starting);
    return withPodLevel(spec, needed).plus(Resources.of(spec.getOverhead()));
  }

  /// Requests of the pod as a whole take the place of the sum.
  private static Resources withPodLevel(PodSpec spec, Resources sum) {
    @Nullable ResourceRequirements whole = spec.getResources();
    if (whole == null || whole.getRequests() == null || whole.getRequests().isEmpty()) {
      return sum;
    }
    Resources asked = Resources.of(whole.getRequests());
    var others = new HashMap<>(sum.others());
    others.putAll(asked.others());
    return new Resources(
        whole.getRequests().containsKey("cpu") ? asked.milliCpu() : sum.milliCpu(),
        whole.getRequests().containsKey("memory") ? asked.memory() : sum.memory(),
        sum.ephemeralStorage(),
        others);
  }
}
