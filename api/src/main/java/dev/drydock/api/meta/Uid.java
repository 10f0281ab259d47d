package dev.drydock.api.meta;

import io.fabric8.kubernetes.api.model.HasMetadata;

/// Identity of one life of an object: a name that is deleted and created again has another uid.
public record Uid(String value) {
  public static Uid of(HasMetadata object) {
    return new Uid(object.getMetadata().getUid());
  }

  @Override
  public String toString() {
    return value;
  }
}
