package dev.drydock.controllers.ownership;

import dev.drydock.api.meta.Uid;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Optional;

/// The object that owns: what an owner reference says of it.
public record Owner(String apiVersion, String kind, String name, Uid uid) {
  public static Owner of(String apiVersion, String kind, HasMetadata object) {
    return new Owner(apiVersion, kind, object.getMetadata().getName(), Uid.of(object));
  }

  /// The reference that makes this owner the controller of a child, as Kubernetes' controllers
  /// write it.
  public OwnerReference controllerReference() {
    return new OwnerReferenceBuilder()
        .withApiVersion(apiVersion)
        .withKind(kind)
        .withName(name)
        .withUid(uid.value())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /// Whether this owner is the controller of that object.
  public boolean controls(HasMetadata object) {
    return controllerOf(object).filter(owner -> owner.getUid().equals(uid.value())).isPresent();
  }

  /// The one reference of an object that says "controller".
  public static Optional<OwnerReference> controllerOf(HasMetadata object) {
    for (OwnerReference owner : object.getMetadata().getOwnerReferences()) {
      if (Boolean.TRUE.equals(owner.getController())) {
        return Optional.of(owner);
      }
    }
    return Optional.empty();
  }
}
