package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.pod.PodSpecRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// What all workloads share: a template, a selector that matches it, a number of replicas.
final class Workloads {
  private static final List<String> ALWAYS = List.of("Always");
  private static final Map<String, String> NOUNS =
      Map.of("daemonset", "DaemonSet", "statefulset", "StatefulSet");

  private Workloads() {}

  static void applyDefaults(ObjectNode workload) {
    PodDefaults.applyToTemplate(workload);
  }

  /// Checks replicas, selector and template.
  ///
  /// @param noun how messages call the kind
  static void check(ObjectNode workload, String noun, Violations found) {
    Field root = Field.root(workload);
    Field spec = root.child("spec");
    found.notNegative(spec.child("replicas"));
    found.notNegative(spec.child("minReadySeconds"));
    found.notNegative(spec.child("revisionHistoryLimit"));
    checkSelector(spec, noun, found);
    checkTemplate(spec.child("template"), NOUNS.getOrDefault(noun, "ReplicaSet"), found);
    if (noun.equals("deployment") || noun.equals("replicaset")) {
      NameWarnings.tellUnlessLabel(root, "Pod names and hostnames", found);
    }
  }

  /// A template of pods that run for ever.
  ///
  /// @param kind how messages call the workload
  static void checkTemplate(Field template, String kind, Violations found) {
    PodSpecRules.checkTemplate(template, ALWAYS, found);
    Field deadline = template.child("spec", "activeDeadlineSeconds");
    if (deadline.isPresent()) {
      found.forbidden(deadline, "activeDeadlineSeconds in " + kind + " is not Supported");
    }
  }

  static void checkSelector(Field spec, String noun, Violations found) {
    Field selector = spec.child("selector");
    if (!selector.isPresent()) {
      found.required(selector, "");
      return;
    }
    Labels.checkSelector(selector, found);
    if (selector.child("matchLabels").isEmpty() && selector.child("matchExpressions").isEmpty()) {
      found.invalid(selector, "empty selector is invalid for " + noun);
      return;
    }
    try {
      Field labels = spec.child("template", "metadata").child("labels");
      if (!LabelSelector.of(selector.value()).matchesTree(labels.value())) {
        found.add(
            FieldError.invalid(
                labels.path(),
                new Shown(labels.isPresent() ? labels.value().toString() : "null"),
                "`selector` does not match template `labels`"));
      }
    } catch (ApiException _) {
      // Its problems have been told.
    }
  }

  static void checkSelectorUnchanged(ObjectNode workload, ObjectNode before, Violations found) {
    Field selector = Field.root(workload).child("spec", "selector");
    found.unchanged(selector, Trees.at(before, "spec", "selector"));
  }

  static boolean sameSpec(ObjectNode workload, ObjectNode before) {
    return Objects.equals(workload.get("spec"), before.get("spec"));
  }

  /// JSON in a message.
  record Shown(String text) {
    @Override
    public String toString() {
      return text;
    }
  }
}
