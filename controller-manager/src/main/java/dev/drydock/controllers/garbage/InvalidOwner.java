package dev.drydock.controllers.garbage;

import dev.drydock.client.event.EventRecorder;
import dev.drydock.client.resource.MetadataOnly;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;

/// An owner reference that points into another namespace, which owns nothing.
final class InvalidOwner {
  private InvalidOwner() {}

  static void tell(EventRecorder events, Item child, OwnerReference owner) {
    var about = new MetadataOnly();
    about.setApiVersion(child.type().apiVersion());
    about.setKind(child.type().kind());
    about.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(child.key().namespace())
            .withName(child.key().name())
            .withUid(child.uid().value())
            .build());
    events.record(
        about,
        EventRecorder.Type.WARNING,
        "OwnerRefInvalidNamespace",
        "ownerRef [%s/%s, namespace: %s, name: %s, uid: %s] does not exist in namespace \"%s\""
            .formatted(
                owner.getApiVersion(),
                owner.getKind(),
                child.key().namespace(),
                owner.getName(),
                owner.getUid(),
                child.key().namespace()));
  }
}
