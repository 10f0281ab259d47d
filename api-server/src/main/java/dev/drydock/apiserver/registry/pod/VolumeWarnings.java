package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Volumes of a kind that is no more, and files of volumes that are in each other's way.
public final class VolumeWarnings {
  private static final Pattern ENDING = Pattern.compile("/+$");
  private static final String NONE_SINCE_1_25 = "deprecated in v1.22, non-functional in v1.25+";
  private static final String NONE_SINCE_1_31 = "deprecated in v1.28, non-functional in v1.31+";
  private static final Map<String, String> OLD =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", NONE_SINCE_1_25,
          "storageos", NONE_SINCE_1_25,
          "quobyte", NONE_SINCE_1_25,
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", NONE_SINCE_1_31,
          "rbd", NONE_SINCE_1_31);

  private VolumeWarnings() {}

  /// @param holder a volume, or the spec of a persistent volume
  public static void tell(Field holder, Violations found) {
    for (String source : holder.value().propertyNames()) {
      String words = OLD.get(source);
      if (words != null) {
        // The real path has this capital letter.
        found.warn(holder.child(source.equals("storageos") ? "storageOS" : source) + ": " + words);
      }
    }
    Field claim = holder.child("ephemeral", "volumeClaimTemplate").child("spec");
    for (String list : List.of("requests", "limits")) {
      PodWarnings.tellFraction(claim.child("resources", list), "storage", found);
    }
  }

  static void tellOverlaps(Field volumes, Violations found) {
    for (Field volume : volumes.items()) {
      String name = "volume \"" + volume.child("name").text() + "\" (";
      for (String source : List.of("configMap", "secret", "downwardAPI")) {
        Field field = volume.child(source);
        if (field.child("items").isPresent()) {
          tellOverlap(paths(field), name + noun(source, field) + "): overlapping paths", found);
        }
      }
      tellProjected(volume.child("projected", "sources"), name + "Projected", found);
    }
  }

  private static void tellProjected(Field sources, String name, Violations found) {
    Set<String> all = new LinkedHashSet<>();
    for (Field source : sources.items()) {
      if (source.value().isEmpty()) {
        found.warn(name + ") has no sources provided");
        continue;
      }
      for (String kind : source.value().propertyNames()) {
        Field field = source.child(kind);
        List<String> own = field.child("items").isPresent() ? paths(field) : path(field);
        if (own.isEmpty()) {
          continue;
        }
        String words = name + " " + noun(kind, field) + "): overlapping paths";
        tellOverlap(own, words, found);
        List<String> together = new ArrayList<>(new TreeSet<>(own));
        together.addAll(all);
        together.sort(null);
        tellOverlap(together, words, found);
        all.addAll(own);
      }
    }
  }

  private static List<String> paths(Field source) {
    return source.child("items").items().stream().map(item -> item.child("path").text()).toList();
  }

  private static List<String> path(Field source) {
    return source.child("path").isPresent() ? List.of(source.child("path").text()) : List.of();
  }

  private static String noun(String kind, Field source) {
    String name = source.child(kind.equals("secret") ? "secretName" : "name").text();
    String plain = source.child("name").text();
    return switch (kind) {
      case "configMap" -> "ConfigMap \"" + name + "\"";
      case "secret" -> "Secret \"" + (name.isEmpty() ? plain : name) + "\"";
      case "downwardAPI" -> "DownwardAPI";
      case "serviceAccountToken" -> "ServiceAccountToken";
      case "clusterTrustBundle" ->
          "ClusterTrustBundle \""
              + (plain.isEmpty() ? source.child("signerName").text() : plain)
              + "\"";
      default -> "PodCertificate";
    };
  }

  private static void tellOverlap(List<String> paths, String words, Violations found) {
    Set<String> seen = new LinkedHashSet<>();
    for (String path : paths) {
      String bare = ENDING.matcher(path).replaceFirst("");
      for (String other : seen) {
        if (overlap(other, bare)) {
          found.warn(words + ": \"" + bare + "\" with \"" + other + "\"");
          break;
        }
      }
      seen.add(bare);
    }
  }

  private static boolean overlap(String one, String other) {
    return !one.isEmpty()
        && !other.isEmpty()
        && ((one + "/").startsWith(other) || (other + "/").startsWith(one));
  }
}
