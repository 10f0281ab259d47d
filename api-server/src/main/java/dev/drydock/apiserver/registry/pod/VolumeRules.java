package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What volumes must be like.
final class VolumeRules {
  /// What each source cannot do without.
  private static final Map<String, List<String>> REQUIRED =
      Map.of(
          "secret", List.of("secretName"),
          "hostPath", List.of("path"),
          "persistentVolumeClaim", List.of("claimName"),
          "configMap", List.of("name"),
          "nfs", List.of("server", "path"),
          "csi", List.of("driver"));

  private VolumeRules() {}

  /// @return the names of the volumes
  static Set<String> check(Field volumes, Violations found) {
    var names = new HashSet<String>();
    for (Field volume : volumes.items()) {
      Field name = volume.child("name");
      if (found.present(name, "")) {
        found.conforms(name, Names::label);
        if (!names.add(name.text())) {
          found.duplicate(name);
        }
      }
      checkSource(volume, found);
    }
    return names;
  }

  private static void checkSource(Field volume, Violations found) {
    int sources = 0;
    for (String source : volume.value().propertyNames()) {
      if (source.equals("name")) {
        continue;
      }
      Field field = volume.child(source);
      if (++sources > 1) {
        found.forbidden(field, "may not specify more than 1 volume type");
        continue;
      }
      for (String required : REQUIRED.getOrDefault(source, List.of())) {
        found.present(field.child(required), "");
      }
      for (Field item : field.child("items").items()) {
        checkItem(item, found);
      }
    }
    if (sources == 0) {
      found.required(volume, "must specify a volume type");
    }
  }

  private static void checkItem(Field item, Violations found) {
    Field path = item.child("path");
    if (found.present(path, "")) {
      if (path.text().startsWith("/")) {
        found.invalid(path, "must be a relative path");
      }
      if (List.of(path.text().split("/", -1)).contains("..")) {
        found.invalid(path, "must not contain '..'");
      }
    }
  }
}
