package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// VolumeAttachments.
public final class AttachmentStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode attachment, Violations found) {
    Field spec = Field.root(attachment).child("spec");
    if (found.present(spec.child("attacher"), "")) {
      VolumeRules.checkDriver(spec.child("attacher"), found);
    }
    Field source = spec.child("source");
    boolean inline = source.child("inlineVolumeSpec").isPresent();
    boolean named = source.child("persistentVolumeName").isPresent();
    if (!inline && !named) {
      found.add(
          FieldError.required(
              source.path(),
              "must specify exactly one of inlineVolumeSpec and" + " persistentVolumeName"));
    } else if (inline && named) {
      found.forbidden(
          source, "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
    } else if (named) {
      found.conforms(source.child("persistentVolumeName"), Names::subdomain);
    }
    found.conforms(spec.child("nodeName"), Names::subdomain);
  }

  @Override
  public void validateUpdate(ObjectNode attachment, ObjectNode before, Violations found) {
    found.unchanged(Field.root(attachment).child("spec"), Trees.at(before, "spec"));
  }
}
