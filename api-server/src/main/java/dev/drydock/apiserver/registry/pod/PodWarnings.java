package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
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
          "deprecated since v1.17; use \"node.kubernetes.io/instance-type\" instead",
          "app.kubernetes.io/created-by",
          "deprecated since v1.9",
          "scheduler.alpha.kubernetes.io/preferAvoidPods",
          "deprecated since v1.22; use Taints and Tolerations instead",
          "node-role.kubernetes.io/master",
          "use \"node-role.kubernetes.io/control-plane\" instead");
  private static final Map<String, String> OLD_ANNOTATIONS =
      Map.of(
          "scheduler.alpha.kubernetes.io/critical-pod",
          "non-functional in v1.16+; use the \"priorityClassName\" field instead",
          "security.alpha.kubernetes.io/sysctls",
          "non-functional in v1.11+; use the \"sysctls\" field instead",
          "security.alpha.kubernetes.io/unsafe-sysctls",
          "non-functional in v1.11+; use the \"sysctls\" field instead");
  private static final String SECCOMP_POD = ProfileRules.SECCOMP_POD;
  private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
  private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

  private PodWarnings() {}

  /// @param metadata of the pod or template
  static void tell(Field metadata, Field spec, Holder holder, Violations found) {
    tellLabels(spec.child("nodeSelector"), found);
    tellNodeAffinity(spec.child("affinity", "nodeAffinity"), found);
    for (Field constraint : spec.child("topologySpreadConstraints").items()) {
      tellOldKey(constraint.child("topologyKey"), found);
      tellSelector(constraint.child("labelSelector"), found);
    }
    Field annotations = metadata.child("annotations");
    tellAnnotations(annotations, found);
    spec.child("volumes").items().forEach(volume -> VolumeWarnings.tell(volume, found));
    VolumeWarnings.tellOverlaps(spec.child("volumes"), found);
    tellDuplicates(spec.child("hostAliases"), "ip", "ip", found);
    tellSecrets(spec.child("imagePullSecrets"), found);
    tellFraction(spec.child("overhead"), "memory", found);
    tellFraction(spec.child("overhead"), "ephemeral-storage", found);
    tellProfile(annotations, SECCOMP_POD, spec, found);
    for (Field container : SystemRules.containers(spec)) {
      String name = container.child("name").text();
      tellProfile(annotations, ProfileRules.SECCOMP_CONTAINER + name, container, found);
      tellAppArmor(annotations, spec, container, holder, found);
      ContainerWarnings.tell(container, found);
    }
    ContainerWarnings.tellPorts(SystemRules.containers(spec), found);
    if (spec.child("terminationGracePeriodSeconds").number(0) < 0) {
      found.warn(
          spec.child("terminationGracePeriodSeconds")
              + ": must be >= 0; negative values are invalid and will be treated as 1");
    }
    tellPodAffinity(spec.child("affinity"), found);
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

  private static void tellNodeAffinity(Field affinity, Violations found) {
    for (Field term : affinity.child(REQUIRED, "nodeSelectorTerms").items()) {
      tellNodeTerm(term, found);
    }
    for (Field preferred : affinity.child(PREFERRED).items()) {
      Field term = preferred.child("preference");
      for (Field expression : term.child("matchExpressions").items()) {
        tellOldKey(expression.child("key"), found);
        for (Field value : expression.child("values").items()) {
          for (String problem : Names.labelValue(value.text())) {
            found.warn(value + ": " + value.text() + " is invalid, " + problem);
          }
        }
      }
    }
  }

  private static void tellPodAffinity(Field affinity, Violations found) {
    for (String kind : List.of("podAffinity", "podAntiAffinity")) {
      Field pods = affinity.child(kind);
      for (Field term : pods.child(REQUIRED).items()) {
        tellSelector(term.child("labelSelector"), found);
      }
      for (Field preferred : pods.child(PREFERRED).items()) {
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
    for (Map.Entry<String, String> old : OLD_ANNOTATIONS.entrySet()) {
      if (Trees.has(annotations.value(), old.getKey())) {
        found.warn(annotations + "[" + old.getKey() + "]: " + old.getValue());
      }
    }
  }

  /// An old annotation for a profile that no field gives.
  private static void tellProfile(Field annotations, String key, Field holder, Violations found) {
    if (Trees.has(annotations.value(), key)
        && !holder.child("securityContext", "seccompProfile").isPresent()) {
      found.warn(
          annotations
              + "["
              + key
              + "]: non-functional in v1.27+; use the \"seccompProfile\" field instead");
    }
  }

  /// In templates; of pods themselves the server makes a field of the annotation.
  private static void tellAppArmor(
      Field annotations, Field spec, Field container, Holder holder, Violations found) {
    String key = ProfileRules.APP_ARMOR + container.child("name").text();
    boolean field = container.child("securityContext", "appArmorProfile").isPresent();
    boolean told =
        switch (holder) {
          case TEMPLATE -> !field && !spec.child("securityContext", "appArmorProfile").isPresent();
          case POD -> field || !spec.child("securityContext", "appArmorProfile").isPresent();
        };
    if (told && Trees.has(annotations.value(), key)) {
      found.warn(
          annotations
              + "["
              + key
              + "]: deprecated since v1.30; use the \"appArmorProfile\" field instead");
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
    tellDuplicates(secrets, "name", "name", found);
    for (Field secret : secrets.items()) {
      if (secret.child("name").isEmpty()) {
        found.warn(secret.child("name") + ": invalid empty name \"\"");
      }
    }
  }

  /// Bytes are whole.
  public static void tellFraction(Field amounts, String resource, Violations found) {
    String text = amounts.child(resource).text();
    if (!text.isEmpty() && !ResourceRules.isWhole(text)) {
      found.warn(
          amounts
              + "["
              + resource
              + "]: fractional byte value \""
              + Quantity.parse(text)
              + "\" is invalid, must be an integer");
    }
  }
}
