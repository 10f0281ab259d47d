package dev.drydock.apiserver.registry.storage;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.registry.volume.VolumeStrategy;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// VolumeAttachments.
public final class AttachmentStrategy implements ResourceStrategy {
  private static final int LONGEST_METADATA = 256 * 1024;
  private static final int LONGEST_MESSAGE = 1024;

  @Override
  public boolean changesBlindly() {
    return false;
  }

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
      found.present(
          source.child("persistentVolumeName"), "must specify non empty persistentVolumeName");
      found.conforms(source.child("persistentVolumeName"), Names::subdomain);
    } else {
      VolumeStrategy.checkSpec(source.child("inlineVolumeSpec"), found);
    }
    found.conforms(spec.child("nodeName"), Names::subdomain);
  }

  @Override
  public void validateUpdate(ObjectNode attachment, ObjectNode before, Violations found) {
    checkStatus(Field.root(attachment).child("status"), found);
    found.unchanged(Field.root(attachment).child("spec"), Trees.at(before, "spec"));
  }

  private static void checkStatus(Field status, Violations found) {
    long size = 0;
    Field metadata = status.child("attachmentMetadata");
    for (Field.Entry entry : metadata.entries()) {
      size += entry.key().length() + entry.value().text().length();
    }
    if (size > LONGEST_METADATA) {
      found.tooLong(metadata, LONGEST_METADATA);
    }
    for (String error : List.of("attachError", "detachError")) {
      Field message = status.child(error, "message");
      if (message.text().length() > LONGEST_MESSAGE) {
        found.tooLong(message, LONGEST_METADATA);
      }
      found.inRange(status.child(error, "errorCode"), 0, Integer.MAX_VALUE);
    }
  }
}
