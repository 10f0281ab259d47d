package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.AffinityRules;
import dev.drydock.apiserver.registry.pod.ClaimRules;
import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// PersistentVolumes: what they stand for never changes.
public final class VolumeStrategy implements ResourceStrategy {
  /// Fields of the spec that are no source of a volume.
  private static final Set<String> NO_SOURCES =
      Set.of(
          "accessModes",
          "capacity",
          "claimRef",
          "mountOptions",
          "nodeAffinity",
          "persistentVolumeReclaimPolicy",
          "storageClassName",
          "volumeAttributesClassName",
          "volumeMode");

  @Override
  public void prepareForCreate(ObjectNode volume) {
    volume.putObject("status").put("phase", "Pending");
  }

  @Override
  public void validateCreate(ObjectNode volume, Violations found) {
    Field spec = Field.root(volume).child("spec");
    Field modes = spec.child("accessModes");
    found.present(modes, "");
    ClaimRules.checkAccessModes(modes, found);
    checkCapacity(spec.child("capacity"), found);
    found.oneOf(
        spec.child("persistentVolumeReclaimPolicy"), List.of("Delete", "Recycle", "Retain"));
    Field affinity = spec.child("nodeAffinity");
    if (affinity.isPresent()) {
      if (affinity.child("required").isPresent()) {
        AffinityRules.checkNodeSelector(affinity.child("required"), found);
        for (Field term : affinity.child("required", "nodeSelectorTerms").items()) {
          PodWarnings.tellNodeTerm(term, found);
        }
      } else {
        found.required(affinity.child("required"), "must specify required node constraints");
      }
    }
    checkSource(spec, found);
    if (!spec.child("storageClassName").isEmpty()) {
      found.conforms(spec.child("storageClassName"), Names::subdomain);
    }
    found.oneOf(spec.child("volumeMode"), List.of("Block", "Filesystem"));
  }

  private static void checkCapacity(Field capacity, Violations found) {
    if (!found.present(capacity, "")) {
      return;
    }
    Field storage = capacity.child("storage");
    if (!storage.isPresent() || capacity.value().size() > 1) {
      found.notSupported(capacity, List.of("storage"));
    }
    for (Field.Entry entry : capacity.entries()) {
      if (Quantity.parse(entry.value().text()).signum() <= 0) {
        found.invalid(entry.value(), "must be greater than zero");
      }
    }
  }

  private static void checkSource(Field spec, Violations found) {
    int sources = 0;
    for (String source : spec.value().propertyNames()) {
      if (NO_SOURCES.contains(source)) {
        continue;
      }
      Field field = spec.child(source);
      if (++sources > 1) {
        found.forbidden(field, "may not specify more than 1 volume type");
        continue;
      }
      VolumeRules.checkRequired(source, field, found);
      switch (source) {
        case "hostPath" -> {
          VolumeRules.checkHostPath(field, found);
          if (field.child("path").text().equals("/")
              && spec.child("persistentVolumeReclaimPolicy").text().equals("Recycle")) {
            found.forbidden(
                spec.child("persistentVolumeReclaimPolicy"),
                "may not be 'recycle' for a hostPath mount of '/'");
          }
        }
        case "nfs" -> VolumeRules.checkAbsolute(field.child("path"), found);
        case "iscsi" -> VolumeRules.checkIscsi(field, found);
        case "local" -> checkLocal(spec, field, found);
        case "csi" -> {
          VolumeRules.checkDriver(field.child("driver"), found);
          found.present(field.child("volumeHandle"), "");
        }
        default -> {
          // nothing but what it cannot do without
        }
      }
    }
    if (sources == 0) {
      found.required(spec, "must specify a volume type");
    }
  }

  private static void checkLocal(Field spec, Field local, Violations found) {
    found.present(local.child("path"), "");
    if (List.of(local.child("path").text().split("/", -1)).contains("..")) {
      found.invalid(local.child("path"), "must not contain '..'");
    }
    if (!spec.child("nodeAffinity").isPresent()) {
      found.required(spec.child("nodeAffinity"), "Local volume requires node affinity");
    }
  }

  @Override
  public void validateUpdate(ObjectNode volume, ObjectNode before, Violations found) {
    if (Objects.equals(volume.get("spec"), before.get("spec"))) {
      return;
    }
    validateCreate(volume, found);
    Field spec = Field.root(volume).child("spec");
    if (!source(volume).equals(source(before))) {
      found.add(
          FieldError.forbidden(
              "spec.persistentvolumesource",
              "spec.persistentvolumesource is immutable after creation\n"));
    }
    found.unchanged(spec.child("volumeMode"), Trees.at(before, "spec", "volumeMode"));
    if (Trees.has(before, "spec", "nodeAffinity")) {
      found.unchanged(spec.child("nodeAffinity"), Trees.at(before, "spec", "nodeAffinity"));
    }
  }

  private static ObjectNode source(ObjectNode volume) {
    return volume.get("spec") instanceof ObjectNode spec
        ? spec.deepCopy().remove(NO_SOURCES)
        : Trees.object();
  }
}
