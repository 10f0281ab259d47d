package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Namespaces' contents and volumes: config maps, secrets, claims, classes.
final class StorageColumns {
  private static final String DEFAULT_CLASS =
      "/metadata/annotations/storageclass.kubernetes.io~1is-default-class";
  private static final String OLD_CLASS =
      "/metadata/annotations/volume.beta.kubernetes.io~1storage-class";

  /// Each mode and its abbreviation.
  private static final List<String> MODES =
      List.of(
          "ReadWriteOnce",
          "RWO",
          "ReadOnlyMany",
          "ROX",
          "ReadWriteMany",
          "RWX",
          "ReadWriteOncePod",
          "RWOP");

  private StorageColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "configmaps",
        List.of(
            Column.name(),
            Column.number("Data", row -> row.at("/data").size() + row.at("/binaryData").size()),
            Column.age()),
        "secrets",
        List.of(
            Column.name(),
            Column.of("Type", row -> row.text("/type")),
            Column.number("Data", row -> row.at("/data").size()),
            Column.age()),
        "persistentvolumes",
        volumes(),
        "persistentvolumeclaims",
        claims(),
        "storageclasses.storage.k8s.io",
        classes(),
        "volumeattributesclasses.storage.k8s.io",
        List.of(
            Column.name(), Column.of("DriverName", row -> row.text("/driverName")), Column.age()),
        "volumeattachments.storage.k8s.io",
        attachments(),
        "csinodes.storage.k8s.io",
        List.of(
            Column.name(),
            Column.number("Drivers", row -> row.at("/spec/drivers").size()),
            Column.age()),
        "csidrivers.storage.k8s.io",
        drivers(),
        "csistoragecapacities.storage.k8s.io",
        List.of(
            Column.name(),
            Column.of("StorageClassName", row -> row.text("/storageClassName")),
            Column.of("Capacity", row -> row.textOr("/capacity", Row.UNSET))));
  }

  private static List<Column> volumes() {
    return List.of(
        Column.name(),
        Column.of("Capacity", row -> row.text("/spec/capacity/storage")),
        Column.of("Access Modes", row -> modes(row, "/spec/accessModes")),
        Column.of("Reclaim Policy", row -> row.text("/spec/persistentVolumeReclaimPolicy")),
        Column.of("Status", StorageColumns::phase),
        Column.of("Claim", StorageColumns::claim),
        Column.of("StorageClass", StorageColumns::storageClass),
        Column.of(
            "VolumeAttributesClass",
            row -> row.textOr("/spec/volumeAttributesClassName", Row.UNSET)),
        Column.of("Reason", row -> row.text("/status/reason")),
        Column.age(),
        Column.of("VolumeMode", row -> row.textOr("/spec/volumeMode", Row.UNSET)).wide());
  }

  private static Object phase(Row row) {
    return row.isBeingDeleted() ? "Terminating" : row.text("/status/phase");
  }

  private static Object claim(Row row) {
    String name = row.text("/spec/claimRef/name");
    return name.isEmpty() ? "" : row.text("/spec/claimRef/namespace") + "/" + name;
  }

  private static Object storageClass(Row row) {
    return row.textOr(OLD_CLASS, row.text("/spec/storageClassName"));
  }

  /// Abbreviated, in the order in which Kubernetes lists them.
  private static Object modes(Row row, String pointer) {
    List<String> given = row.texts(pointer);
    var modes = new ArrayList<String>();
    for (int i = 0; i < MODES.size(); i += 2) {
      if (given.contains(MODES.get(i))) {
        modes.add(MODES.get(i + 1));
      }
    }
    return String.join(",", modes);
  }

  private static List<Column> claims() {
    return List.of(
        Column.name(),
        Column.of("Status", StorageColumns::phase),
        Column.of("Volume", row -> row.text("/spec/volumeName")),
        Column.of(
            "Capacity",
            row -> row.has("/spec/volumeName") ? row.text("/status/capacity/storage") : ""),
        Column.of(
            "Access Modes",
            row -> row.has("/spec/volumeName") ? modes(row, "/status/accessModes") : ""),
        Column.of("StorageClass", StorageColumns::storageClass),
        Column.of(
            "VolumeAttributesClass",
            row -> row.textOr("/status/currentVolumeAttributesClassName", Row.UNSET)),
        Column.age(),
        Column.of("VolumeMode", row -> row.textOr("/spec/volumeMode", Row.UNSET)).wide());
  }

  private static List<Column> classes() {
    return List.of(
        Column.named(
            row -> row.name() + (row.text(DEFAULT_CLASS).equals("true") ? " (default)" : "")),
        Column.of("Provisioner", row -> row.text("/provisioner")),
        Column.of("ReclaimPolicy", row -> row.textOr("/reclaimPolicy", "Delete")),
        Column.of("VolumeBindingMode", row -> row.textOr("/volumeBindingMode", "Immediate")),
        new Column(
            "AllowVolumeExpansion",
            "string",
            "",
            0,
            row -> Boolean.toString(row.isTrue("/allowVolumeExpansion"))),
        Column.age());
  }

  private static List<Column> attachments() {
    return List.of(
        Column.name(),
        Column.of("Attacher", row -> row.text("/spec/attacher")),
        Column.of("PV", row -> row.text("/spec/source/persistentVolumeName")),
        Column.of("Node", row -> row.text("/spec/nodeName")),
        Column.of("Attached", row -> Boolean.toString(row.isTrue("/status/attached"))),
        Column.age());
  }

  private static List<Column> drivers() {
    return List.of(
        Column.name(),
        Column.of("AttachRequired", row -> Boolean.toString(row.isTrue("/spec/attachRequired"))),
        Column.of("PodInfoOnMount", row -> Boolean.toString(row.isTrue("/spec/podInfoOnMount"))),
        Column.of("StorageCapacity", row -> Boolean.toString(row.isTrue("/spec/storageCapacity"))),
        Column.of("TokenRequests", StorageColumns::audiences),
        Column.of(
            "RequiresRepublish", row -> Boolean.toString(row.isTrue("/spec/requiresRepublish"))),
        Column.of("Modes", row -> String.join(",", row.texts("/spec/volumeLifecycleModes"))),
        Column.age());
  }

  private static Object audiences(Row row) {
    List<String> audiences = row.texts("/spec/tokenRequests", "audience");
    return audiences.isEmpty() ? Row.UNSET : String.join(",", audiences);
  }
}
