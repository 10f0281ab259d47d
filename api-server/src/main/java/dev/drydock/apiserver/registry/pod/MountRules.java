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
      if (found.present(name, "") && !volumes.names().contains(name.text())) {
        found.notFound(name);
      }
      Field path = mount.child("mountPath");
      found.present(path, "");
      if (!path.isEmpty() && !paths.add(path.text())) {
        found.invalid(path, "must be unique");
      }
      if (deviceNames.contains(name.text())) {
        found.invalid(name, "must not already exist in volumeDevices");
      }
      if (devicePaths.contains(path.text())) {
        found.invalid(path, "must not already exist as a path in volumeDevices");
      }
      checkPart(mount, found);
      checkPropagation(container, mount, found);
    }
    checkDevices(devices, mounts, volumes, found);
  }

  private static void checkPart(Field mount, Violations found) {
    Paths.checkDescending(mount.child("subPath"), found);
    Field expression = mount.child("subPathExpr");
    if (!expression.isEmpty()) {
      if (!mount.child("subPath").isEmpty()) {
        found.invalid(expression, "subPathExpr and subPath are mutually exclusive");
      }
      Paths.checkDescending(expression, found);
    }
  }

  private static void checkPropagation(Field container, Field mount, Violations found) {
    Field propagation = mount.child("mountPropagation");
    found.oneOf(propagation, PROPAGATIONS);
    if (propagation.text().equals("Bidirectional")
        && !container.child("securityContext", "privileged").isTrue()) {
      found.forbidden(
          propagation,
          "Bidirectional mount propagation is available only to privileged containers");
    }
    Field recursive = mount.child("recursiveReadOnly");
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
      if (!name.isEmpty() && !volumes.names().contains(name.text())) {
        found.notFound(name);
      } else if (!name.isEmpty() && !volumes.claims().contains(name.text())) {
        found.invalid(
            name,
            "can only use volume source type of PersistentVolumeClaim or Ephemeral for block"
                + " mode");
      }
      found.present(path, "");
      if (!path.isEmpty() && !paths.add(path.text())) {
        found.invalid(path, "must be unique");
      }
      if (Paths.goesBack(path.text())) {
        found.invalid(path, "can not contain backsteps ('..')");
      }
      if (!name.isEmpty() && !names.add(name.text())) {
        found.invalid(name, "must be unique");
      }
      if (mountNames.contains(name.text())) {
        found.invalid(name, "must not already exist in volumeMounts");
      }
      if (mountPaths.contains(path.text())) {
        found.invalid(path, "must not already exist as a path in volumeMounts");
      }
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
