package dev.drydock.apiserver.registry.volume;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.AffinityRules;
import dev.drydock.apiserver.registry.pod.ClaimRules;
import dev.drydock.apiserver.registry.pod.SourceRules;
import dev.drydock.apiserver.registry.pod.VolumeRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Set;

/// What the spec of a PersistentVolume must be like.
///
/// Source: `ValidatePersistentVolumeSpec` of `pkg/apis/core/validation`.
final class VolumeSpecRules {
  /// Fields of the spec that are no source of a volume.
  static final Set<String> NO_SOURCES =
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

  /// In the order in which the real server looks for them: the first counts.
  private static final List<String> SOURCES =
      List.of(
          "hostPath",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "glusterfs",
          "flocker",
          "nfs",
          "rbd",
          "quobyte",
          "cephfs",
          "iscsi",
          "cinder",
          "fc",
          "flexVolume",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "scaleIO",
          "local",
          "storageos",
          "csi");
  private static final List<String> CSI_SECRETS =
      List.of(
          "controllerPublishSecretRef",
          "controllerExpandSecretRef",
          "nodePublishSecretRef",
          "nodeExpandSecretRef");

  private VolumeSpecRules() {}

  static void check(Field spec, String name, Violations found) {
    Field modes = spec.child("accessModes");
    found.present(modes, "");
    ClaimRules.checkAccessModes(modes, found);
    checkCapacity(spec.child("capacity"), found);
    Field policy = spec.child("persistentVolumeReclaimPolicy");
    found.oneOf(policy, List.of("Delete", "Recycle", "Retain"));
    Field affinity = spec.child("nodeAffinity");
    if (affinity.child("required").isPresent()) {
      AffinityRules.checkNodeSelector(affinity.child("required"), found);
    } else if (affinity.isPresent()) {
      found.required(affinity.child("required"), "must specify required node constraints");
    }
    checkSources(spec, name, found);
    boolean root = spec.child("hostPath", "path").text().matches("/+(\\./*)*");
    if (root && policy.text().equals("Recycle")) {
      found.forbidden(policy, "may not be 'recycle' for a hostPath mount of '/'");
    }
    if (!spec.child("storageClassName").isEmpty()) {
      found.conforms(spec.child("storageClassName"), Names::subdomain);
    }
    found.oneOf(spec.child("volumeMode"), List.of("Block", "Filesystem"));
    checkAttributes(spec, found);
  }

  private static void checkAttributes(Field spec, Violations found) {
    Field attributes = spec.child("volumeAttributesClassName");
    if (!attributes.isPresent()) {
      return;
    }
    if (found.present(attributes, "an empty string is disallowed")) {
      found.conforms(attributes, Names::subdomain);
    }
    if (!spec.child("csi").isPresent()) {
      found.required(spec.child("csi"), "has to be specified when using volumeAttributesClassName");
    }
  }

  private static void checkCapacity(Field capacity, Violations found) {
    found.present(capacity, "");
    if (!capacity.child("storage").isPresent() || capacity.value().size() > 1) {
      found.add(
          FieldError.notSupported(capacity.path(), InnerForm.plain(capacity), List.of("storage")));
    }
    for (Field.Entry entry : capacity.entries()) {
      Quantity amount = Quantity.parse(entry.value().text());
      if (amount.value() < 0) {
        found.invalid(entry.value(), amount.value(), "must be a valid resource quantity");
      }
      if (amount.signum() <= 0) {
        found.invalid(entry.value(), amount.toString(), "must be greater than zero");
      }
    }
  }

  private static void checkSources(Field spec, String name, Violations found) {
    int sources = 0;
    for (String source : SOURCES) {
      Field field = spec.child(source);
      if (!field.isPresent()) {
        continue;
      }
      // One kind is never too much.
      if (++sources > 1 && !source.equals("flexVolume")) {
        Field second = source.equals("cephfs") ? spec.child("cephFS") : field;
        found.forbidden(second, "may not specify more than 1 volume type");
        continue;
      }
      checkSource(source, spec, name, found);
    }
    if (sources == 0) {
      found.required(spec, "must specify a volume type");
    }
  }

  private static void checkSource(String source, Field spec, String name, Violations found) {
    Field field = spec.child(source);
    switch (source) {
      case "local" -> checkLocal(spec, field, found);
      case "csi" -> {
        VolumeRules.checkDriver(field.child("driver"), found);
        found.present(field.child("volumeHandle"), "");
        for (String secret : CSI_SECRETS) {
          checkSecret(field.child(secret), found);
        }
      }
      case "iscsi" -> {
        String portal = name + ":" + field.child("targetPortal").text();
        if (field.child("initiatorName").isPresent()
            && portal.length() > SourceRules.LONGEST_PORTAL) {
          found.invalid(
              field.child("targetportal").showing(field.child("targetPortal").value()),
              SourceRules.PORTAL_TOO_LONG);
        }
        SourceRules.check(source, spec, SourceRules.Holder.PERSISTENT_VOLUME, found);
      }
      case "azureFile" -> {
        SourceRules.check(source, spec, SourceRules.Holder.PERSISTENT_VOLUME, found);
        if (field.child("secretNamespace").isPresent()) {
          found.present(field.child("secretNamespace"), "");
        }
      }
      case "glusterfs" -> {
        SourceRules.check(source, spec, SourceRules.Holder.PERSISTENT_VOLUME, found);
        Field namespace = field.child("endpointsNamespace");
        if (namespace.isPresent() && namespace.isEmpty()) {
          found.invalid(
              namespace, "if the endpointnamespace is set, it must be a valid namespace name");
        } else if (namespace.isPresent()) {
          found.conforms(namespace, Names::label);
        }
      }
      default -> SourceRules.check(source, spec, SourceRules.Holder.PERSISTENT_VOLUME, found);
    }
  }

  private static void checkSecret(Field secret, Violations found) {
    if (!secret.isPresent()) {
      return;
    }
    if (found.present(secret.child("name"), "")) {
      found.conforms(secret.child("name"), Names::subdomain);
    }
    if (found.present(secret.child("namespace"), "")) {
      found.conforms(secret.child("namespace"), Names::label);
    }
  }

  private static void checkLocal(Field spec, Field local, Violations found) {
    if (found.present(local.child("path"), "")
        && List.of(local.child("path").text().split("/", -1)).contains("..")) {
      found.invalid(local.child("path"), "must not contain '..'");
    }
    if (!spec.child("nodeAffinity").isPresent()) {
      found.required(spec.child("nodeAffinity"), "Local volume requires node affinity");
    }
  }
}
