package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What volumes of pods must be like.
///
/// Source: `validateVolumes` of `pkg/apis/core/validation`.
public final class VolumeRules {
  /// What each source cannot do without.
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("azureFile", List.of("secretName", "shareName")),
          Map.entry("cephfs", List.of("monitors")),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("configMap", List.of("name")),
          Map.entry("csi", List.of("driver")),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("gitRepo", List.of("repository")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("hostPath", List.of("path")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("persistentVolumeClaim", List.of("claimName")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("quobyte", List.of("registry", "volume")),
          Map.entry("rbd", List.of("monitors", "image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
          Map.entry("secret", List.of("secretName")),
          Map.entry("storageos", List.of("volumeName")),
          Map.entry("vsphereVolume", List.of("volumePath")));
  private static final List<String> HOST_PATH_TYPES =
      List.of(
          "",
          "BlockDevice",
          "CharDevice",
          "Directory",
          "DirectoryOrCreate",
          "File",
          "FileOrCreate",
          "Socket");
  private static final Set<String> CLAIMS = Set.of("persistentVolumeClaim", "ephemeral");

  private VolumeRules() {}

  /// @return what containers can mount
  static PodVolumes check(Field volumes, Violations found) {
    var names = new HashSet<String>();
    var claims = new HashSet<String>();
    for (Field volume : volumes.items()) {
      String source = checkSource(volume, found);
      Field name = volume.child("name");
      if (found.present(name, "")) {
        List<String> problems = Names.label(name.text());
        problems.forEach(problem -> found.invalid(name, problem));
        if (!names.add(name.text()) && problems.isEmpty()) {
          found.duplicate(name);
        }
        if (CLAIMS.contains(source)) {
          claims.add(name.text());
        }
      }
    }
    return new PodVolumes(names, claims);
  }

  /// @return the kind of source; empty: there is none
  private static String checkSource(Field volume, Violations found) {
    String first = "";
    for (String source : volume.value().propertyNames()) {
      if (source.equals("name")) {
        continue;
      }
      Field field = volume.child(source);
      if (!first.isEmpty()) {
        found.forbidden(field, "may not specify more than 1 volume type");
        continue;
      }
      first = source;
      checkRequired(source, field, found);
      checkParticulars(source, field, found);
    }
    if (first.isEmpty()) {
      found.required(volume, "must specify a volume type");
    }
    return first;
  }

  /// Also for the sources of persistent volumes.
  public static void checkRequired(String source, Field field, Violations found) {
    for (String required : REQUIRED.getOrDefault(source, List.of())) {
      found.present(field.child(required), "");
    }
  }

  private static void checkParticulars(String source, Field field, Violations found) {
    switch (source) {
      case "emptyDir" -> {
        Field limit = field.child("sizeLimit");
        if (limit.isPresent() && Quantity.parse(limit.text()).signum() < 0) {
          found.forbidden(limit, "SizeLimit field must be a valid resource quantity");
        }
      }
      case "hostPath" -> checkHostPath(field, found);
      case "gitRepo" -> Paths.checkDescending(field.child("directory"), found);
      case "nfs" -> checkAbsolute(field.child("path"), found);
      case "gcePersistentDisk", "awsElasticBlockStore" ->
          found.inRange(field.child("partition"), 0, 255);
      case "iscsi" -> checkIscsi(field, found);
      case "secret", "configMap" -> {
        Paths.checkMode(field.child("defaultMode"), found);
        checkItems(field.child("items"), found);
      }
      case "downwardAPI" -> {
        Paths.checkMode(field.child("defaultMode"), found);
        field.child("items").items().forEach(item -> checkDownward(item, found));
      }
      case "projected" -> ProjectionRules.check(field, found);
      case "csi" -> {
        checkDriver(field.child("driver"), found);
        if (field.child("nodePublishSecretRef").isPresent()) {
          found.present(field.child("nodePublishSecretRef", "name"), "");
        }
      }
      case "ephemeral" -> checkEphemeral(field, found);
      case "image" -> {
        found.present(field.child("reference"), "");
        found.oneOf(field.child("pullPolicy"), List.of("Always", "IfNotPresent", "Never"));
      }
      default -> {
        // nothing but what it cannot do without
      }
    }
  }

  /// Path and type on a node.
  public static void checkHostPath(Field field, Violations found) {
    Paths.checkForward(field.child("path"), found);
    Field type = field.child("type");
    if (type.isPresent() && !HOST_PATH_TYPES.contains(type.text())) {
      found.notSupported(type, HOST_PATH_TYPES);
    }
  }

  /// A path from the root.
  public static void checkAbsolute(Field path, Violations found) {
    if (!path.isEmpty() && !path.text().startsWith("/")) {
      found.invalid(path, "must be an absolute path");
    }
  }

  /// Name of a driver.
  public static void checkDriver(Field driver, Violations found) {
    if (driver.isEmpty()) {
      return;
    }
    if (driver.text().length() > 63) {
      found.tooLong(driver, 63);
    }
    Names.subdomain(driver.text().toLowerCase(java.util.Locale.ROOT))
        .forEach(problem -> found.invalid(driver, problem));
  }

  /// A target of iSCSI.
  public static void checkIscsi(Field field, Violations found) {
    Field iqn = field.child("iqn");
    if (!iqn.isEmpty() && !iqn.text().matches("(iqn|eui|naa)\\..*")) {
      found.invalid(iqn, "must be valid format starting with iqn, eui, or naa");
    }
    found.inRange(field.child("lun"), 0, 255);
    boolean chap =
        field.child("chapAuthDiscovery").isTrue() || field.child("chapAuthSession").isTrue();
    if (chap && !field.child("secretRef").isPresent()) {
      found.required(field.child("secretRef"), "");
    }
  }

  static void checkItems(Field items, Violations found) {
    for (Field item : items.items()) {
      found.present(item.child("key"), "");
      if (found.present(item.child("path"), "")) {
        Paths.checkProjected(item.child("path"), found);
      }
      Paths.checkMode(item.child("mode"), found);
    }
  }

  static void checkDownward(Field item, Violations found) {
    Field path = item.child("path");
    if (found.present(path, "")) {
      Paths.checkProjected(path, found);
    }
    Field field = item.child("fieldRef");
    Field resource = item.child("resourceFieldRef");
    if (field.isPresent()) {
      EnvironmentRules.checkField(field, EnvironmentRules.VOLUME_FIELDS, found);
      if (resource.isPresent()) {
        found.add(
            FieldError.invalid(
                item.path(),
                "resource",
                "fieldRef and resourceFieldRef can not be specified simultaneously"));
      }
    } else if (resource.isPresent()) {
      found.present(resource.child("containerName"), "");
      EnvironmentRules.checkResource(resource, found);
    } else {
      found.required(item, "one of fieldRef and resourceFieldRef is required");
    }
    Paths.checkMode(item.child("mode"), found);
  }

  private static void checkEphemeral(Field field, Violations found) {
    Field template = field.child("volumeClaimTemplate");
    if (!template.isPresent()) {
      found.required(template, "");
      return;
    }
    ClaimRules.checkSpec(template.child("spec"), found);
  }
}
