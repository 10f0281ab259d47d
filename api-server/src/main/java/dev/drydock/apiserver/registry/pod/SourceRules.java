package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The sources that volumes of pods and persistent volumes share, and those of the latter.
///
/// Source: the `validate…VolumeSource` functions of `pkg/apis/core/validation`.
public final class SourceRules {
  public static final int LONGEST_PORTAL = 64;
  public static final String PORTAL_TOO_LONG =
      "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if"
          + " iscsi.initiatorName is specified.";
  private static final int LONGEST_TENANT = 64;
  private static final String PAIRS =
      "must be a host:port pair or multiple pairs separated by commas";

  /// What each source cannot do without, in the order of the real server's complaints.
  private static final Map<String, List<String>> REQUIRED =
      Map.ofEntries(
          Map.entry("awsElasticBlockStore", List.of("volumeID")),
          Map.entry("azureDisk", List.of("diskName", "diskURI")),
          Map.entry("azureFile", List.of("secretName", "shareName")),
          Map.entry("cephfs", List.of("monitors")),
          Map.entry("cinder", List.of("volumeID")),
          Map.entry("flexVolume", List.of("driver")),
          Map.entry("gcePersistentDisk", List.of("pdName")),
          Map.entry("gitRepo", List.of("repository")),
          Map.entry("glusterfs", List.of("endpoints", "path")),
          Map.entry("iscsi", List.of("targetPortal", "iqn")),
          Map.entry("nfs", List.of("server", "path")),
          Map.entry("photonPersistentDisk", List.of("pdID")),
          Map.entry("portworxVolume", List.of("volumeID")),
          Map.entry("rbd", List.of("monitors", "image")),
          Map.entry("scaleIO", List.of("gateway", "system", "volumeName")),
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

  private SourceRules() {}

  /// Whose source it is: secrets of persistent volumes have a namespace.
  public enum Holder {
    POD,
    PERSISTENT_VOLUME
  }

  /// @param holder the volume, or the spec of a persistent volume
  public static void check(String source, Field volume, Holder holder, Violations found) {
    Field own = volume.child(source);
    // The real path has this other name.
    Field field =
        source.equals("gcePersistentDisk")
            ? volume.child("persistentDisk").showing(own.value())
            : own;
    for (String required : REQUIRED.getOrDefault(source, List.of())) {
      found.present(field.child(required), "");
    }
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
      case "gcePersistentDisk", "awsElasticBlockStore" -> checkPartition(field, found);
      case "iscsi" -> checkIscsi(field, holder, found);
      case "fc" -> checkFibreChannel(field, found);
      case "flocker" -> checkFlocker(field, found);
      case "quobyte" -> checkQuobyte(field, found);
      case "flexVolume" -> checkOptions(field.child("options"), found);
      case "azureDisk" -> checkAzureDisk(field, found);
      case "storageos" -> checkStorageOs(field, holder, found);
      case "cinder" -> checkSecret(field.child("secretRef"), holder, found);
      default -> {
        // nothing but what it cannot do without
      }
    }
  }

  /// Path and type on a node.
  public static void checkHostPath(Field field, Violations found) {
    if (!found.present(field.child("path"), "")) {
      return;
    }
    Paths.checkForward(field.child("path"), found);
    Field type = field.child("type");
    if (type.isPresent() && !HOST_PATH_TYPES.contains(type.text())) {
      found.notSupported(type, HOST_PATH_TYPES);
    }
  }

  private static void checkAbsolute(Field path, Violations found) {
    if (!path.text().startsWith("/")) {
      found.invalid(path, path.text(), "must be an absolute path");
    }
  }

  private static void checkPartition(Field field, Violations found) {
    long partition = field.child("partition").number(0);
    if (partition < 0 || partition > 255) {
      found.invalid(field.child("partition"), "must be between 1 and 255, inclusive");
    }
  }

  private static void checkIscsi(Field field, Holder holder, Violations found) {
    Field iqn = field.child("iqn");
    if (!iqn.isEmpty()) {
      checkQualified(iqn, holder, found);
    }
    Field lun = field.child("lun");
    if (lun.number(0) < 0 || lun.number(0) > 255) {
      found.invalid(lun, "must be between 0 and 255, inclusive");
    }
    boolean chap =
        field.child("chapAuthDiscovery").isTrue() || field.child("chapAuthSession").isTrue();
    if (chap && !field.child("secretRef").isPresent()) {
      found.required(field.child("secretRef"), "");
    }
    if (holder == Holder.PERSISTENT_VOLUME && field.child("secretRef").isPresent()) {
      found.present(field.child("secretRef", "name"), "");
    }
    Field initiator = field.child("initiatorName");
    if (initiator.isPresent()) {
      // The real path is in small letters.
      checkQualified(field.child("initiatorname").showing(initiator.value()), holder, found);
    }
  }

  private static void checkQualified(Field name, Holder holder, Violations found) {
    String text = name.text();
    String form =
        switch (text.length() < 3 ? "" : text.substring(0, 3)) {
          case "iqn" -> "(?s).*iqn\\.\\d{4}-\\d{2}\\.([\\p{Alnum}\\-.]+)(:[^,;*&$|\\s]+)";
          case "eui" -> "eui.\\p{Alnum}{16}";
          case "naa" -> "naa.\\p{Alnum}{32}";
          default -> "";
        };
    if (form.isEmpty()) {
      found.invalid(
          name,
          holder == Holder.POD
              ? "must be valid format starting with iqn, eui, or naa"
              : "must be valid format");
    } else if (!text.matches(form)) {
      found.invalid(name, "must be valid format");
    }
  }

  private static void checkFibreChannel(Field field, Violations found) {
    Field targets = field.child("targetWWNs");
    if (targets.isEmpty() && field.child("wwids").isEmpty()) {
      found.required(targets, "must specify either targetWWNs or wwids, but not both");
    }
    if (!targets.isEmpty() && !field.child("wwids").isEmpty()) {
      found.invalid(targets, "targetWWNs and wwids can not be specified simultaneously");
    }
    Field lun = field.child("lun");
    if (!targets.isEmpty() && !lun.isPresent()) {
      found.required(lun, "lun is required if targetWWNs is specified");
    } else if (!targets.isEmpty()) {
      found.inRange(lun, 0, 255);
    }
  }

  private static void checkFlocker(Field field, Violations found) {
    boolean name = !field.child("datasetName").isEmpty();
    boolean id = !field.child("datasetUUID").isEmpty();
    if (!name && !id) {
      found.required(field, "one of datasetName and datasetUUID is required");
    } else if (name && id) {
      found.invalid(
          field, "resource", "datasetName and datasetUUID can not be specified simultaneously");
    }
    if (field.child("datasetName").text().contains("/")) {
      found.invalid(field.child("datasetName"), "must not contain '/'");
    }
  }

  private static void checkQuobyte(Field field, Violations found) {
    Field registry = field.child("registry");
    if (registry.isEmpty()) {
      found.required(registry, PAIRS);
    } else if (field.child("tenant").text().length() > LONGEST_TENANT) {
      found.required(
          field.child("tenant"), "must be a UUID and may not exceed a length of 64 characters");
    } else {
      for (String pair : registry.text().split(",", -1)) {
        if (!pair.matches("(\\[[^\\[\\]]*]|[^:\\[\\]]*):[^:\\[\\]]*")) {
          found.invalid(registry, PAIRS);
        }
      }
    }
    found.present(field.child("volume"), "");
  }

  private static void checkOptions(Field options, Violations found) {
    for (Field.Entry option : options.entries()) {
      String domain = "." + option.key().split("/", 2)[0].toLowerCase(Locale.ROOT);
      if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io")) {
        found.invalid(
            option.value(), option.key(), "kubernetes.io and k8s.io namespaces are reserved");
      }
    }
  }

  private static void checkAzureDisk(Field field, Violations found) {
    found.oneOf(field.child("cachingMode"), List.of("None", "ReadOnly", "ReadWrite"));
    Field kind = field.child("kind");
    found.oneOf(kind, List.of("Dedicated", "Managed", "Shared"));
    Field uri = field.child("diskURI");
    boolean managed = kind.text().equals("Managed");
    if (managed && !uri.text().startsWith("/subscriptions/")) {
      found.notSupported(
          uri,
          List.of(
              "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}"));
    } else if (kind.isPresent() && !managed && !uri.text().startsWith("https://")) {
      found.notSupported(
          uri,
          List.of("https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd"));
    }
  }

  private static void checkStorageOs(Field field, Holder holder, Violations found) {
    for (String name : List.of("volumeName", "volumeNamespace")) {
      if (!field.child(name).isEmpty()) {
        found.conforms(field.child(name), Names::label);
      }
    }
    checkSecret(field.child("secretRef"), holder, found);
  }

  private static void checkSecret(Field secret, Holder holder, Violations found) {
    if (secret.isPresent()) {
      found.present(secret.child("name"), "");
      if (holder == Holder.PERSISTENT_VOLUME) {
        found.present(secret.child("namespace"), "");
      }
    }
  }
}
