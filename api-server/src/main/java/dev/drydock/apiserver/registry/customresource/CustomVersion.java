package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.meta.ResourceType;
import dev.drydock.apiserver.registry.strategy.BodyRules;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Subresource;
import dev.drydock.apiserver.served.ServedCustom;
import java.util.Map;

/// One version of a custom resource.
///
/// @param shown what the server tells of it
/// @param deprecation what to tell who uses it; empty: nothing
public record CustomVersion(
    ServedCustom shown,
    Serving serving,
    ResourceStrategy strategy,
    Map<String, Subresource> subresources,
    BodyRules bodies,
    String deprecation) {

  /// Whether clients may use it; objects may be stored in it all the same.
  public enum Serving {
    SERVED,
    ONLY_STORED
  }

  public CustomVersion {
    subresources = Map.copyOf(subresources);
  }

  public ResourceType type() {
    return shown.info().type();
  }
}
