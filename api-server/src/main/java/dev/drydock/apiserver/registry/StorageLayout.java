package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.storage.StorePrefix;
import java.util.Map;
import java.util.Set;

/// Under which key each resource is kept: where Kubernetes keeps it.
///
/// Source: the special resource prefixes of kube-apiserver's storage configuration.
final class StorageLayout {
  private static final Map<String, String> SPECIAL =
      Map.of(
          "nodes", "minions",
          "services", "services/specs",
          "endpoints", "services/endpoints",
          "replicationcontrollers", "controllers",
          "ingresses.networking.k8s.io", "ingress",
          "events.events.k8s.io", "events");
  private static final Set<String> GROUPED =
      Set.of("apiextensions.k8s.io", "apiregistration.k8s.io");

  private StorageLayout() {}

  static StorePrefix prefix(ResourceType type) {
    String special = SPECIAL.get(type.qualifiedResource());
    String folder =
        special != null
            ? special
            : GROUPED.contains(type.group())
                ? type.group() + "/" + type.resource()
                : type.resource();
    return new StorePrefix("/registry/" + folder + "/");
  }
}
