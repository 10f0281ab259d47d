package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Where the volumes of a container appear in it.
final class MountRules {
  private static final List<String> PROPAGATIONS =
      List.of("Bidirectional", "HostToContainer", "None");
  private static final List<String> RECURSIVE = List.of("Disabled", "Enabled", "IfPossible");

  private MountRules() {}

  static void check(Field container, PodVolumes volumes, Violations found) {
    Field mounts = container.child("volumeMounts");
    Field devices = container.child("volumeDevices");
    Set<String> devicePaths = texts(devices, "devicePath");
    Set<String> deviceNames = texts(devices, "name");
    var paths = new HashSet<String>();
    for (Field mount : mounts.items()) {
      Field name = mount.child("name");
      found.present(name, "");
      if (!volumes.names().contains(name.text())) {
        found.notFound(name);
      }
      Field path = mount.child("mountPath");
      found.present(path, "");
      if (!paths.add(path.text())) {
        found.invalid(path, path.text(), "must be unique");
      }
      if (deviceNames.contains(name.text())) {
        found.invalid(name, "must not already exist in volumeDevices");
      }
      if (devicePaths.contains(path.text())) {
        found.invalid(path, "must not already exist as a path in volumeDevices");
      }
      checkPart(mounts, mount, found);
      checkPropagation(container, mounts, mount, found);
    }
    checkDevices(devices, mounts, volumes, found);
  }

  /// The real paths of all that follows lack the index.
  private static Field unindexed(Field mounts, Field mount, String field) {
    return mounts.child(field).showing(mount.child(field).value());
  }

  private static void checkPart(Field mounts, Field mount, Violations found) {
    Paths.checkDescending(unindexed(mounts, mount, "subPath"), found);
    Field expression = mount.child("subPathExpr");
    if (!expression.isEmpty()) {
      if (!mount.child("subPath").isEmpty()) {
        found.invalid(expression, "subPathExpr and subPath are mutually exclusive");
      }
      Paths.checkDescending(unindexed(mounts, mount, "subPathExpr"), found);
    }
  }

  private static void checkPropagation(
      Field container, Field mounts, Field mount, Violations found) {
    Field propagation = unindexed(mounts, mount, "mountPropagation");
    found.oneOf(propagation, PROPAGATIONS);
    if (propagation.text().equals("Bidirectional")
        && !container.child("securityContext", "privileged").isTrue()) {
      found.forbidden(
          propagation,
          "Bidirectional mount propagation is available only to privileged containers");
    }
    Field recursive = unindexed(mounts, mount, "recursiveReadOnly");
    if (!recursive.isPresent()) {
      return;
    }
    found.oneOf(recursive, RECURSIVE);
    if (Set.of("Enabled", "IfPossible").contains(recursive.text())) {
      if (!mount.child("readOnly").isTrue()) {
        found.forbidden(recursive, "may only be specified when readOnly is true");
      }
      if (!propagation.isEmpty() && !propagation.text().equals("None")) {
        found.forbidden(
            recursive, "may only be specified when mountPropagation is None or not specified");
      }
    }
  }

  private static void checkDevices(
      Field devices, Field mounts, PodVolumes volumes, Violations found) {
    Set<String> mountNames = texts(mounts, "name");
    Set<String> mountPaths = texts(mounts, "mountPath");
    var paths = new HashSet<String>();
    var names = new HashSet<String>();
    for (Field device : devices.items()) {
      Field name = device.child("name");
      Field path = device.child("devicePath");
      found.present(name, "");
      if (names.contains(name.text())) {
        found.invalid(name, "must be unique");
      }
      checkVolume(name, volumes, found);
      found.present(path, "");
      if (paths.contains(path.text())) {
        found.invalid(path, path.text(), "must be unique");
      }
      if (Paths.goesBack(path.text())) {
        found.invalid(path, "can not contain backsteps ('..')");
      } else {
        paths.add(path.text());
      }
      if (mountNames.contains(name.text())) {
        found.invalid(name, "must not already exist in volumeMounts");
      }
      if (mountPaths.contains(path.text())) {
        found.invalid(path, "must not already exist as a path in volumeMounts");
      }
      if (!name.isEmpty()) {
        names.add(name.text());
      }
    }
  }

  private static void checkVolume(Field name, PodVolumes volumes, Violations found) {
    if (!volumes.names().contains(name.text())) {
      found.notFound(name);
    } else if (!volumes.claims().contains(name.text())) {
      found.invalid(
          name,
          "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode");
    }
  }

  private static Set<String> texts(Field list, String field) {
    var texts = new HashSet<String>();
    for (Field item : list.items()) {
      if (!item.child(field).isEmpty()) {
        texts.add(item.child(field).text());
      }
    }
    return texts;
  }
}
