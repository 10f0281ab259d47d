package dev.drydock.apiserver.registry;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.api.schema.BuiltInTypes;
import dev.drydock.apiserver.registry.autoscaling.AutoscalerConversion;
import dev.drydock.apiserver.registry.event.EventConversion;
import java.util.Optional;

/// The kinds that are served in more than one version, and which of them is stored.
final class KindConversions {
  private KindConversions() {}

  /// A type that is stored as another one.
  record Converted(ResourceType storedAs, Conversion conversion) {}

  static Optional<Converted> of(ResourceType type) {
    return switch (type.apiVersion() + "/" + type.resource()) {
      case "events.k8s.io/v1/events" ->
          Optional.of(
              new Converted(
                  BuiltInTypes.get().type("v1", "events"),
                  new Conversion(EventConversion::toCore, EventConversion::toEvents)));
      case "autoscaling/v1/horizontalpodautoscalers" ->
          Optional.of(
              new Converted(
                  BuiltInTypes.get().type("autoscaling/v2", "horizontalpodautoscalers"),
                  new Conversion(AutoscalerConversion::toV2, AutoscalerConversion::toV1)));
      default -> Optional.empty();
    };
  }

  static ResourceType storedAs(ResourceType type) {
    return of(type).map(Converted::storedAs).orElse(type);
  }
}
