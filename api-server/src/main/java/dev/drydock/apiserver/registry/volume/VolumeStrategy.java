package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.pod.VolumeWarnings;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumes: what they stand for never changes.
public final class VolumeStrategy implements ResourceStrategy {
  private static final Map<String, String> OLD_ANNOTATIONS =
      Map.of(
          "volume.beta.kubernetes.io/storage-class",
          "deprecated since v1.8; use \"storageClassName\" attribute instead",
          "volume.beta.kubernetes.io/mount-options",
          "deprecated since v1.31; use \"mountOptions\" attribute instead");

  @Override
  public void prepareForCreate(ObjectNode volume) {
    volume.putObject("status").put("phase", "Pending");
  }

  @Override
  public void validateCreate(ObjectNode volume, Violations found) {
    Field root = Field.root(volume);
    VolumeSpecRules.check(root.child("spec"), root.child("metadata", "name").text(), found);
    warn(root, found);
  }

  /// Also of a volume that is part of another object.
  public static void checkSpec(Field spec, Violations found) {
    VolumeSpecRules.check(spec, "", found);
  }

  private static void warn(Field volume, Violations found) {
    Field annotations = volume.child("metadata", "annotations");
    for (Map.Entry<String, String> old : OLD_ANNOTATIONS.entrySet()) {
      if (Trees.has(annotations.value(), old.getKey())) {
        found.warn(annotations + "[" + old.getKey() + "]: " + old.getValue());
      }
    }
    Field spec = volume.child("spec");
    for (Field term : spec.child("nodeAffinity", "required").child("nodeSelectorTerms").items()) {
      PodWarnings.tellNodeTerm(term, found);
    }
    if (spec.child("persistentVolumeReclaimPolicy").text().equals("Recycle")) {
      found.warn(
          "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead,"
              + " the recommended approach is to use dynamic provisioning.");
    }
    PodWarnings.tellFraction(spec.child("capacity"), "storage", found);
    VolumeWarnings.tell(spec, found);
  }

  @Override
  public void validateUpdate(ObjectNode volume, ObjectNode before, Violations found) {
    if (Objects.equals(volume.get("spec"), before.get("spec"))) {
      return;
    }
    validateCreate(volume, found);
    Field root = Field.root(volume);
    Field spec = root.child("spec");
    if (!Sameness.same(source(volume, before), source(before, before))) {
      found.add(
          FieldError.forbidden(
              "spec.persistentvolumesource",
              "spec.persistentvolumesource is immutable after creation\n"));
    }
    // The real paths leave `spec` out.
    found.unchanged(
        root.child("volumeMode").showing(spec.child("volumeMode").value()),
        Trees.at(before, "spec", "volumeMode"));
    Field affinity = spec.child("nodeAffinity");
    if (Trees.has(before, "spec", "nodeAffinity")
        && !AffinityUpdates.isAllowed(affinity.value(), Trees.at(before, "spec", "nodeAffinity"))) {
      found.invalid(
          root.child("nodeAffinity"),
          InnerForm.capitalised(affinity.value()),
          "field is immutable, except for updating from beta label to GA");
    }
    if (Trees.has(before, "spec", "volumeAttributesClassName")
        && !spec.child("volumeAttributesClassName").isPresent()) {
      found.forbidden(
          spec.child("volumeAttributesClassName"), "update from non-nil value to nil is forbidden");
    }
  }

  /// What the volume stands for; a secret for growing may still be added.
  private static ObjectNode source(ObjectNode volume, ObjectNode before) {
    ObjectNode source =
        volume.get("spec") instanceof ObjectNode spec
            ? spec.deepCopy().remove(VolumeSpecRules.NO_SOURCES)
            : Trees.object();
    if (Trees.has(before, "spec", "csi")
        && !Trees.has(before, "spec", "csi", "controllerExpandSecretRef")
        && source.get("csi") instanceof ObjectNode csi) {
      csi.remove("controllerExpandSecretRef");
    }
    return source;
  }
}
