package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.Set;

/// What a volume that gathers several sources must be like.
final class ProjectionRules {
  private static final long SHORTEST = 600;
  private static final long LONGEST = 1L << 32;

  private ProjectionRules() {}

  static void check(Field projected, Violations found) {
    Paths.checkMode(projected.child("defaultMode"), found);
    Set<String> paths = new HashSet<>();
    for (Field source : projected.child("sources").items()) {
      int kinds = 0;
      for (String kind : source.value().propertyNames()) {
        Field field = source.child(kind);
        if (++kinds > 1) {
          found.forbidden(field, "may not specify more than 1 volume type per source");
          continue;
        }
        checkSource(kind, field, found);
        collectPaths(kind, field, paths, found);
      }
      if (kinds == 0) {
        found.required(source, "must specify at least one projection source");
      }
    }
  }

  private static void checkSource(String kind, Field field, Violations found) {
    switch (kind) {
      case "secret", "configMap" -> {
        found.present(field.child("name"), "");
        VolumeRules.checkItems(field.child("items"), found);
      }
      case "downwardAPI" ->
          field.child("items").items().forEach(item -> VolumeRules.checkDownward(item, found));
      case "serviceAccountToken" -> checkToken(field, found);
      case "clusterTrustBundle" -> {
        boolean byName = field.child("name").isPresent();
        boolean bySigner = field.child("signerName").isPresent();
        if (byName == bySigner) {
          if (byName) {
            found.invalid(field, "only one of name and signerName may be used");
          } else {
            found.required(field, "either name or signerName must be specified");
          }
        }
        found.present(field.child("path"), "");
      }
      default -> {
        // nothing to say
      }
    }
  }

  private static void checkToken(Field token, Violations found) {
    Field seconds = token.child("expirationSeconds");
    if (seconds.number(SHORTEST) < SHORTEST) {
      found.invalid(seconds, "may not specify a duration less than 10 minutes");
    } else if (seconds.number(SHORTEST) > LONGEST) {
      found.invalid(seconds, "may not specify a duration larger than 2^32 seconds");
    }
    if (found.present(token.child("path"), "")) {
      Paths.checkProjected(token.child("path"), found);
    }
  }

  private static void collectPaths(String kind, Field field, Set<String> paths, Violations found) {
    switch (kind) {
      case "secret", "configMap", "downwardAPI" -> {
        for (Field item : field.child("items").items()) {
          addPath(item.child("path"), paths, found);
        }
      }
      default -> addPath(field.child("path"), paths, found);
    }
  }

  private static void addPath(Field path, Set<String> paths, Violations found) {
    if (!path.isEmpty() && !paths.add(path.text())) {
      found.invalid(path, "conflicting duplicate paths");
    }
  }
}
