package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.pod.PodSpecRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
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
      if (!noun.equals("daemonset")) {
        found.required(selector, "");
      }
      mismatch(spec.child("template", "metadata").child("labels"), found);
      return;
    }
    Labels.checkSelector(selector, found);
    if (selector.child("matchLabels").isEmpty() && selector.child("matchExpressions").isEmpty()) {
      String shown = noun.equals("replicaset") ? "deployment" : noun;
      found.invalid(selector, "empty selector is invalid for " + shown);
    }
    try {
      Field labels = spec.child("template", "metadata").child("labels");
      if (!LabelSelector.of(selector.value()).matchesTree(labels.value())) {
        mismatch(labels, found);
      }
    } catch (ApiException _) {
      // Its problems have been told.
    }
  }

  /// Says that a selector does not select what the template makes.
  static void mismatch(Field labels, Violations found) {
    found.invalidList(labels, "`selector` does not match template `labels`");
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
