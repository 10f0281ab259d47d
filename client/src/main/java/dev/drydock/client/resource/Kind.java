package dev.drydock.client.resource;

import dev.drydock.api.meta.ResourceType;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// A served type together with the class that models its objects.
public record Kind<T extends HasMetadata>(ResourceType type, Class<T> model) {
  @Override
  public String toString() {
    return type.toString();
  }
}
