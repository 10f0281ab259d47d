package dev.drydock.scheduler.framework;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
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

  private PodRequests() {}

  static Resources exact(PodSpec spec) {
    return total(spec, container -> Resources.of(requests(container)));
  }

  /// With small amounts for containers that ask for nothing, so that scoring spreads them too.
  static Resources nonZero(PodSpec spec) {
    return total(
        spec,
        container -> {
          Resources asked = Resources.of(requests(container));
          return new Resources(
              asked.milliCpu() == 0 ? DEFAULT_MILLI_CPU : asked.milliCpu(),
              asked.memory() == 0 ? DEFAULT_MEMORY : asked.memory(),
              asked.ephemeralStorage(),
              asked.others());
        });
  }

  private static @Nullable Map<String, Quantity> requests(Container container) {
    @Nullable ResourceRequirements resources = container.getResources();
    return resources == null ? null : resources.getRequests();
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
