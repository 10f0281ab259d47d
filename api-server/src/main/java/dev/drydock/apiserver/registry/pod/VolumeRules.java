package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What volumes of pods must be like.
///
/// Source: `ValidateVolumes` of `pkg/apis/core/validation`.
public final class VolumeRules {
  /// In the order in which the real server looks for them: the first counts.
  private static final List<String> SOURCES =
      List.of(
          "emptyDir",
          "hostPath",
          "gitRepo",
          "gcePersistentDisk",
          "awsElasticBlockStore",
          "secret",
          "nfs",
          "iscsi",
          "glusterfs",
          "flocker",
          "persistentVolumeClaim",
          "rbd",
          "cinder",
          "cephfs",
          "quobyte",
          "downwardAPI",
          "fc",
          "flexVolume",
          "configMap",
          "azureFile",
          "vsphereVolume",
          "photonPersistentDisk",
          "portworxVolume",
          "azureDisk",
          "storageos",
          "projected",
          "scaleIO",
          "csi",
          "ephemeral",
          "image");
  private static final int LONGEST_DRIVER = 63;
  private static final Set<String> CLAIMS = Set.of("persistentVolumeClaim", "ephemeral");

  private VolumeRules() {}

  /// @param podName empty in templates
  /// @return what containers can mount
  static PodVolumes check(Field volumes, String podName, Violations found) {
    var names = new HashSet<String>();
    var claims = new HashSet<String>();
    var created = new HashSet<String>();
    for (Field volume : volumes.items()) {
      if (!podName.isEmpty() && volume.child("ephemeral").isPresent()) {
        created.add(podName + "-" + volume.child("name").text());
      }
    }
    for (Field volume : volumes.items()) {
      int before = found.count();
      String source = checkSource(volume, podName, found);
      Field name = volume.child("name");
      if (found.present(name, "")) {
        found.conforms(name, Names::label);
      }
      if (names.contains(name.text())) {
        found.duplicate(name);
      }
      // A bad volume is none: who mounts it is told so too.
      if (found.count() == before) {
        names.add(name.text());
        if (CLAIMS.contains(source)) {
          claims.add(name.text());
        }
      }
      Field claim = volume.child("persistentVolumeClaim", "claimName");
      if (!claim.isEmpty() && created.contains(claim.text())) {
        found.invalid(claim, "must not reference a PVC that gets created for an ephemeral volume");
      }
    }
    return new PodVolumes(names, claims);
  }

  /// @return the kind of source; empty: there is none
  private static String checkSource(Field volume, String podName, Violations found) {
    String first = "";
    for (String source : SOURCES) {
      Field field = volume.child(source);
      if (!field.isPresent()) {
        continue;
      }
      if (first.isEmpty()) {
        first = source;
        checkContent(source, volume, podName, found);
      } else {
        found.forbidden(
            volume.child(nameOfSecond(source)), "may not specify more than 1 volume type");
      }
    }
    Field initiator = volume.child("iscsi", "initiatorName");
    Field name = volume.child("name");
    String portal = name.text() + ":" + volume.child("iscsi", "targetPortal").text();
    if (initiator.isPresent() && portal.length() > SourceRules.LONGEST_PORTAL) {
      found.invalid(name, SourceRules.PORTAL_TOO_LONG);
    }
    if (first.isEmpty()) {
      found.required(volume, "must specify a volume type");
    }
    return first;
  }

  /// As the real server misspells them.
  private static String nameOfSecond(String source) {
    return switch (source) {
      case "cephfs" -> "cephFS";
      case "downwardAPI" -> "downwarAPI";
      default -> source;
    };
  }

  private static void checkContent(String source, Field volume, String podName, Violations found) {
    Field field = volume.child(source);
    switch (source) {
      case "secret", "configMap" -> {
        found.present(field.child(source.equals("secret") ? "secretName" : "name"), "");
        Paths.checkMode(field.child("defaultMode"), found);
        field.child("items").items().forEach(item -> checkItem(item, found));
      }
      case "persistentVolumeClaim" -> found.present(field.child("claimName"), "");
      case "downwardAPI" -> {
        Paths.checkMode(field.child("defaultMode"), found);
        field.child("items").items().forEach(item -> checkDownward(field, item, found));
      }
      case "projected" -> ProjectionRules.check(field, found);
      case "ephemeral" -> checkEphemeral(volume, podName, found);
      case "image" -> {
        if (!podName.isEmpty()) {
          found.present(field.child("reference"), "");
        }
        found.requiredOneOf(field.child("pullPolicy"), List.of("Always", "IfNotPresent", "Never"));
      }
      case "csi" -> {
        checkDriver(field.child("driver"), found);
        Field secret = field.child("nodePublishSecretRef");
        if (secret.isPresent() && found.present(secret.child("name"), "")) {
          Names.subdomain(secret.child("name").text())
              .forEach(
                  problem ->
                      found.invalid(
                          field.child("name").showing(secret.child("name").value()), problem));
        }
      }
      default -> SourceRules.check(source, volume, SourceRules.Holder.POD, found);
    }
  }

  /// Name of a driver.
  public static void checkDriver(Field driver, Violations found) {
    found.present(driver, "");
    if (driver.text().length() > LONGEST_DRIVER) {
      found.tooLong(driver, LONGEST_DRIVER);
    }
    Names.subdomain(driver.text().toLowerCase(Locale.ROOT))
        .forEach(problem -> found.invalid(driver, driver.text(), problem));
  }

  /// A key of a ConfigMap or Secret as a file.
  static void checkItem(Field item, Violations found) {
    found.present(item.child("key"), "");
    found.present(item.child("path"), "");
    Paths.checkProjected(item.child("path"), found);
    Paths.checkMode(item.child("mode"), found);
  }

  /// @param list whose path the real server names: it leaves the index out
  static void checkDownward(Field list, Field item, Violations found) {
    Field path = list.child("path").showing(item.child("path").value());
    found.present(path, "");
    Paths.checkProjected(path, found);
    Field field = item.child("fieldRef");
    Field resource = item.child("resourceFieldRef");
    if (field.isPresent()) {
      EnvironmentRules.checkField(
          list.child("fieldRef").showing(field.value()), EnvironmentRules.VOLUME_FIELDS, found);
      if (resource.isPresent()) {
        found.invalid(
            list, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously");
      }
    } else if (resource.isPresent()) {
      EnvironmentRules.checkResourceOfContainer(
          list.child("resourceFieldRef").showing(resource.value()), found);
    } else {
      found.required(list, "one of fieldRef and resourceFieldRef is required");
    }
    Paths.checkMode(list.child("mode").showing(item.child("mode").value()), found);
  }

  private static void checkEphemeral(Field volume, String podName, Violations found) {
    Field template = volume.child("ephemeral", "volumeClaimTemplate");
    if (template.isPresent()) {
      ClaimRules.checkTemplate(template, found);
    } else {
      found.required(template, "");
    }
    Field name = volume.child("name");
    if (!podName.isEmpty() && !name.isEmpty()) {
      String claim = podName + "-" + name.text();
      Names.subdomain(claim)
          .forEach(problem -> found.invalid(name, "PVC name \"" + claim + "\": " + problem));
    }
  }
}
