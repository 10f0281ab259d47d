package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.pod.PodSpecRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// Jobs: their selector and labels are made from their uid.
public final class JobStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().selectableBy("status.successful").orphaning();
  private static final List<String> RESTART_POLICIES = List.of("OnFailure", "Never");
  private static final List<String> IMMUTABLE =
      List.of(
          "completions", "selector", "completionMode", "podFailurePolicy", "backoffLimitPerIndex");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode job) {
    PodDefaults.applyToTemplate(job);
    ObjectNode spec = Trees.child(job, "spec");
    applyDefaultsTo(spec);
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Trees.putDefault(spec, "parallelism", 1);
    if (!Trees.isFilled(job, "metadata", "labels")
        && Trees.at(spec, "template", "metadata", "labels") instanceof ObjectNode labels
        && !labels.isEmpty()) {
      Trees.child(job, "metadata").set("labels", labels.deepCopy());
    }
  }

  private static void applyDefaultsTo(ObjectNode spec) {
    if (!spec.has("backoffLimit")) {
      spec.set(
          "backoffLimit", Trees.whole(spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6));
    }
    Trees.putDefault(spec, "completionMode", "NonIndexed");
    Trees.putDefault(spec, "suspend", false);
    Trees.putDefault(spec, "manualSelector", false);
    Trees.putDefault(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    if (!Trees.isTrue(spec, "manualSelector")) {
      spec.remove("manualSelector");
    }
  }

  @Override
  public void prepareForCreate(ObjectNode job) {
    ObjectNode spec = Trees.child(job, "spec");
    if (Trees.isTrue(spec, "manualSelector")) {
      return;
    }
    String uid = Trees.text(job, "metadata", "uid");
    String name = Trees.text(job, "metadata", "name");
    ObjectNode labels =
        Trees.child(Trees.child(Trees.child(spec, "template"), "metadata"), "labels");
    labels
        .put("batch.kubernetes.io/controller-uid", uid)
        .put("batch.kubernetes.io/job-name", name)
        .put("controller-uid", uid)
        .put("job-name", name);
    Trees.child(Trees.child(spec, "selector"), "matchLabels")
        .put("batch.kubernetes.io/controller-uid", uid);
  }

  @Override
  public void validateCreate(ObjectNode job, Violations found) {
    Field spec = Field.root(job).child("spec");
    checkSpec(spec, found);
    Field selector = spec.child("selector");
    if (!selector.isPresent()) {
      found.required(selector, "");
    } else {
      Field labels = spec.child("template", "metadata").child("labels");
      if (!LabelSelector.of(selector.value()).matchesTree(labels.value())) {
        found.add(
            FieldError.invalid(
                labels.path(),
                new Workloads.Shown(labels.value().toString()),
                "`selector` does not match template `labels`"));
      }
    }
  }

  static void checkSpec(Field spec, Violations found) {
    for (String number :
        List.of(
            "parallelism",
            "completions",
            "activeDeadlineSeconds",
            "backoffLimit",
            "ttlSecondsAfterFinished")) {
      found.notNegative(spec.child(number));
    }
    found.oneOf(spec.child("completionMode"), List.of("Indexed", "NonIndexed"));
    if (spec.child("completionMode").text().equals("Indexed")
        && !spec.child("completions").isPresent()) {
      found.required(spec.child("completions"), "when completion mode is Indexed");
    }
    Field template = spec.child("template");
    PodSpecRules.checkTemplate(template, RESTART_POLICIES, found);
  }

  @Override
  public void validateUpdate(ObjectNode job, ObjectNode before, Violations found) {
    if (Workloads.sameSpec(job, before)) {
      return;
    }
    validateCreate(job, found);
    Field spec = Field.root(job).child("spec");
    for (String field : IMMUTABLE) {
      if (field.equals("completions") && spec.child("completionMode").text().equals("Indexed")) {
        continue;
      }
      found.unchanged(spec.child(field), Trees.at(before, "spec", field));
    }
    boolean wasSuspended = Trees.isTrue(before, "spec", "suspend");
    if (!wasSuspended
        && !Objects.equals(spec.value().get("template"), before.path("spec").get("template"))) {
      found.unchanged(spec.child("template"), Trees.at(before, "spec", "template"));
    }
  }
}
