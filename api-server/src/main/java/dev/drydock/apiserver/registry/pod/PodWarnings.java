package dev.drydock.apiserver.registry.pod;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What the author of a pod or template should know although it is allowed.
///
/// Source: texts of `pkg/api/pod/warnings.go` and `pkg/api/node/util.go`.
public final class PodWarnings {
  private static final Map<String, String> OLD_LABELS =
      Map.of(
          "beta.kubernetes.io/arch",
          "deprecated since v1.14; use \"kubernetes.io/arch\" instead",
          "beta.kubernetes.io/os",
          "deprecated since v1.14; use \"kubernetes.io/os\" instead",
          "failure-domain.beta.kubernetes.io/region",
          "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
          "failure-domain.beta.kubernetes.io/zone",
          "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
          "beta.kubernetes.io/instance-type",
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead");
  private static final Map<String, String> OLD_VOLUMES =
      Map.of(
          "photonPersistentDisk", "deprecated in v1.11, non-functional in v1.16+",
          "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+",
          "scaleIO", "deprecated in v1.16, non-functional in v1.22+",
          "flocker", "deprecated in v1.22, non-functional in v1.25+",
          "storageos", "deprecated in v1.22, non-functional in v1.25+",
          "quobyte", "deprecated in v1.22, non-functional in v1.25+",
          "glusterfs", "deprecated in v1.25, non-functional in v1.26+",
          "cephfs", "deprecated in v1.28, non-functional in v1.31+",
          "rbd", "deprecated in v1.28, non-functional in v1.31+");
  private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

  private PodWarnings() {}

  /// @param metadata of the pod or template
  static void tell(Field metadata, Field spec, Violations found) {
    tellLabels(spec.child("nodeSelector"), found);
    tellAffinity(spec.child("affinity"), found);
    for (Field constraint : spec.child("topologySpreadConstraints").items()) {
      tellOldKey(constraint.child("topologyKey"), found);
      tellSelector(constraint.child("labelSelector"), found);
    }
    tellAnnotations(metadata.child("annotations"), found);
    tellDuplicates(spec.child("hostAliases"), "ip", "ip", found);
    tellSecrets(spec.child("imagePullSecrets"), found);
    for (Field volume : spec.child("volumes").items()) {
      tellVolume(volume, found);
    }
    for (String list : PodDefaults.CONTAINERS) {
      spec.child(list).items().forEach(container -> tellContainer(container, found));
    }
    if (spec.child("terminationGracePeriodSeconds").number(0) < 0) {
      found.warn(
          spec.child("terminationGracePeriodSeconds")
              + ": must be >= 0; negative values are invalid and will be treated as 1");
    }
  }

  /// Labels of nodes that have better names now.
  public static void tellLabels(Field labels, Violations found) {
    for (Field.Entry entry : labels.entries()) {
      String words = OLD_LABELS.get(entry.key());
      if (words != null) {
        found.warn(entry.value() + ": " + words);
      }
    }
  }

  /// The same within terms of a node selector.
  public static void tellNodeTerm(Field term, Violations found) {
    for (Field expression : term.child("matchExpressions").items()) {
      tellOldKey(expression.child("key"), found);
    }
  }

  private static void tellOldKey(Field key, Violations found) {
    String words = OLD_LABELS.get(key.text());
    if (words != null) {
      found.warn(key + ": " + key.text() + " is " + words);
    }
  }

  private static void tellAffinity(Field affinity, Violations found) {
    Field node = affinity.child("nodeAffinity");
    for (Field term :
        node.child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms").items()) {
      tellNodeTerm(term, found);
    }
    for (Field preferred : node.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
      tellNodeTerm(preferred.child("preference"), found);
    }
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      Field pods = affinity.child(kind);
      for (Field term : pods.child("requiredDuringSchedulingIgnoredDuringExecution").items()) {
        tellSelector(term.child("labelSelector"), found);
      }
      for (Field preferred :
          pods.child("preferredDuringSchedulingIgnoredDuringExecution").items()) {
        tellSelector(preferred.child("podAffinityTerm", "labelSelector"), found);
      }
    }
  }

  private static void tellSelector(Field selector, Violations found) {
    if (!selector.isPresent()) {
      found.warn(selector + ": a null labelSelector results in matching no pod");
    }
  }

  private static void tellAnnotations(Field annotations, Violations found) {
    for (Field.Entry entry : annotations.entries()) {
      String key = entry.key();
      if (key.equals("scheduler.alpha.kubernetes.io/critical-pod")) {
        found.warn(
            entry.value()
                + ": non-functional in v1.16+; use the \"priorityClassName\" field instead");
      } else if (key.startsWith("seccomp.security.alpha.kubernetes.io/pod")
          || key.startsWith("container.seccomp.security.alpha.kubernetes.io/")) {
        found.warn(
            entry.value() + ": non-functional in v1.27+; use the \"seccompProfile\" field instead");
      } else if (key.startsWith(APP_ARMOR)) {
        found.warn(
            entry.value() + ": deprecated since v1.30; use the \"appArmorProfile\" field instead");
      }
    }
  }

  private static void tellDuplicates(Field list, String field, String noun, Violations found) {
    var seen = new HashSet<String>();
    for (Field item : list.items()) {
      if (!seen.add(item.child(field).text())) {
        found.warn(
            item.child(field) + ": duplicate " + noun + " \"" + item.child(field).text() + "\"");
      }
    }
  }

  private static void tellSecrets(Field secrets, Violations found) {
    for (Field secret : secrets.items()) {
      if (secret.child("name").isEmpty()) {
        found.warn(secret.child("name") + ": invalid empty name \"\"");
      }
    }
    tellDuplicates(secrets, "name", "name", found);
  }

  private static void tellVolume(Field volume, Violations found) {
    for (String source : volume.value().propertyNames()) {
      String words = OLD_VOLUMES.get(source);
      if (words != null) {
        found.warn(volume.child(source) + ": " + words);
      }
    }
  }

  private static void tellContainer(Field container, Violations found) {
    var names = new HashSet<String>();
    for (Field variable : container.child("env").items()) {
      String name = variable.child("name").text();
      if (!names.add(name) && !variable.child("value").text().contains("$(" + name + ")")) {
        found.warn(
            variable
                + ": hides previous definition of \""
                + name
                + "\", which may be dropped when using apply");
      }
    }
    for (String list : List.of("limits", "requests")) {
      for (Field.Entry amount : container.child("resources", list).entries()) {
        String text = amount.value().text();
        boolean bytes = amount.key().equals("memory") || amount.key().equals("ephemeral-storage");
        if (bytes && text.endsWith("m")) {
          found.warn(
              amount.value()
                  + ": fractional byte value \""
                  + text
                  + "\" is invalid, must be an integer");
        }
      }
    }
    tellPorts(container.child("ports"), found);
  }

  private static void tellPorts(Field ports, Violations found) {
    var seen = new HashMap<String, Field>();
    for (Field port : ports.items()) {
      String key =
          port.child("containerPort").number(0)
              + "/"
              + port.child("protocol").text()
              + "/"
              + port.child("hostPort").number(0)
              + "/"
              + port.child("hostIP").text();
      Field before = seen.putIfAbsent(key, port);
      if (before != null) {
        found.warn(port + ": duplicate port definition with " + before);
      }
    }
  }
}
