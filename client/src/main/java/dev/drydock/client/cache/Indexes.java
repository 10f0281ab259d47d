package dev.drydock.client.cache;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/// Indexes that more than one component asks for.
public final class Indexes {
  private Indexes() {}

  /// Objects by the uid of their controlling owner; by the empty string those without.
  public static <T extends HasMetadata> Index<T> controllerUid() {
    return new Index<>(
        "controllerUid",
        object -> {
          for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
            if (Boolean.TRUE.equals(owner.getController())) {
              return List.of(owner.getUid());
            }
          }
          return List.of("");
        });
  }

  /// Pods by the node they are bound to; by the empty string those that are not.
  public static Index<Pod> nodeName() {
    return new Index<>(
        "spec.nodeName",
        pod -> {
          String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
          return List.of(node == null ? "" : node);
        });
  }
}
