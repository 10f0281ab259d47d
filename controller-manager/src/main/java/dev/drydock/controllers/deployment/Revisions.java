package dev.drydock.controllers.deployment;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The annotations by which a Deployment and its ReplicaSets remember history and size.
final class Revisions {
  static final String REVISION = "deployment.kubernetes.io/revision";
  static final String HISTORY = "deployment.kubernetes.io/revision-history";
  static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
  static final String MOST = "deployment.kubernetes.io/max-replicas";
  private static final int LONGEST_HISTORY = 2000;

  private static final Set<String> NOT_COPIED =
      Set.of(
          "kubectl.kubernetes.io/last-applied-configuration",
          REVISION,
          HISTORY,
          DESIRED,
          MOST,
          "deprecated.deployment.rollback.to");

  private Revisions() {}

  static Map<String, String> annotations(ObjectMeta metadata) {
    Map<String, String> annotations = metadata.getAnnotations();
    return annotations == null ? Map.of() : annotations;
  }

  static long revision(ReplicaSet set) {
    return number(annotations(set.getMetadata()).get(REVISION));
  }

  static long highest(Collection<ReplicaSet> sets) {
    return sets.stream().mapToLong(Revisions::revision).max().orElse(0);
  }

  /// The Deployment's size when the set was last scaled; empty when it never was.
  static OptionalInt desired(ReplicaSet set) {
    return size(annotations(set.getMetadata()).get(DESIRED));
  }

  /// The Deployment's size with surge when the set was last scaled.
  static OptionalInt most(ReplicaSet set) {
    return size(annotations(set.getMetadata()).get(MOST));
  }

  /// Zero where there is none, or none that can be read.
  private static long number(@Nullable String text) {
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static OptionalInt size(@Nullable String text) {
    if (text == null) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text));
    } catch (NumberFormatException _) {
      return OptionalInt.empty();
    }
  }

  /// The annotations of the newest ReplicaSet: the Deployment's own, and the revision, which only
  /// grows; earlier ones (of a template that came back) go to the history.
  static Map<String, String> ofNewest(Deployment deployment, ReplicaSet set, long revision) {
    var result = new HashMap<>(annotations(set.getMetadata()));
    annotations(deployment.getMetadata())
        .forEach(
            (key, value) -> {
              if (!NOT_COPIED.contains(key)) {
                result.put(key, value);
              }
            });
    String before = result.get(REVISION);
    if (number(before) < revision) {
      result.put(REVISION, Long.toString(revision));
      if (before != null) {
        result.merge(HISTORY, before, Revisions::appended);
      }
    }
    return result;
  }

  private static String appended(String history, String revision) {
    String longer = history + "," + revision;
    while (longer.length() > LONGEST_HISTORY && longer.indexOf(',') >= 0) {
      longer = longer.substring(longer.indexOf(',') + 1);
    }
    return longer;
  }

  /// The set with another size, and the Deployment's sizes noted.
  static ReplicaSet scaled(ReplicaSet set, int replicas, Bounds bounds) {
    return new ReplicaSetBuilder(set)
        .editMetadata()
        .addToAnnotations(DESIRED, Integer.toString(bounds.replicas()))
        .addToAnnotations(MOST, Integer.toString(bounds.most()))
        .endMetadata()
        .editSpec()
        .withReplicas(replicas)
        .endSpec()
        .build();
  }
}
