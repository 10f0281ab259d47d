package dev.drydock.kubelet.pods;

import dev.drydock.api.codec.TypedCodec;
import dev.drydock.api.quantity.Quantity;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a resize is about, as events tell it.
final class ResizeSummary {
  private ResizeSummary() {}

  /// @param error empty: none
  static String of(Pod pod, String error) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    put(summary, "initContainers", pod.getSpec().getInitContainers());
    put(summary, "containers", pod.getSpec().getContainers());
    Long generation = pod.getMetadata().getGeneration();
    summary.put("generation", generation == null ? 0 : generation);
    if (!error.isEmpty()) {
      summary.put("error", error);
    }
    return summary.toString();
  }

  private static void put(ObjectNode summary, String field, List<Container> containers) {
    if (containers.isEmpty()) {
      return;
    }
    var list = summary.putArray(field);
    for (Container container : containers) {
      ObjectNode one = list.addObject().put("name", container.getName());
      if (container.getResources() != null) {
        one.set("resources", TypedCodec.tree(container.getResources()));
      }
    }
  }

  /// Request and limit of one resource.
  static List<Optional<Quantity>> amounts(
      String resource, @Nullable ResourceRequirements resources) {
    return resources == null
        ? List.of(Optional.empty(), Optional.empty())
        : List.of(
            amount(resource, resources.getRequests()), amount(resource, resources.getLimits()));
  }

  private static Optional<Quantity> amount(
      String resource, @Nullable Map<String, io.fabric8.kubernetes.api.model.Quantity> amounts) {
    return Optional.ofNullable(amounts == null ? null : amounts.get(resource)).map(Quantity::of);
  }
}
