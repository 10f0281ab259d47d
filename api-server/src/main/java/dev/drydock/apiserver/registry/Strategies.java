package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.event.EventStrategy;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import java.util.Map;
import java.util.Optional;

/// The kinds that are more than generic, each with its strategy and its sub-resources: to add
/// one, add its package and a line here.
final class Strategies {
  private static final Map<String, ResourceStrategy> ALL =
      Map.ofEntries(Map.entry("events", new EventStrategy()));

  private Strategies() {}

  static ResourceStrategy of(ResourceType type) {
    return ALL.getOrDefault(type.qualifiedResource(), ResourceStrategy.GENERIC);
  }

  static Optional<Subresource> subresource(ResourceType type, String name) {
    return switch (type.qualifiedResource() + "/" + name) {
      default -> Optional.empty();
    };
  }
}
