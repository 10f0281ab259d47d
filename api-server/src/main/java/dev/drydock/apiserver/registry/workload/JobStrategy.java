package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs: their selector and labels are made from their uid.
public final class JobStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().absentMeans("status.successful", "0").orphaning();
  private static final List<String> IMMUTABLE =
      List.of(
          "selector",
          "completionMode",
          "podFailurePolicy",
          "backoffLimitPerIndex",
          "managedBy",
          "successPolicy");

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
    label(labels, uid, name);
    Trees.child(Trees.child(spec, "selector"), "matchLabels")
        .put("batch.kubernetes.io/controller-uid", uid);
  }

  private static void label(ObjectNode labels, String uid, String name) {
    labels
        .put("batch.kubernetes.io/controller-uid", uid)
        .put("batch.kubernetes.io/job-name", name)
        .put("controller-uid", uid)
        .put("job-name", name);
  }

  @Override
  public void validateCreate(ObjectNode job, Violations found) {
    Field selector = Field.root(job).child("spec", "selector");
    if (selector.isPresent() && !Trees.isTrue(job, "spec", "manualSelector")) {
      ObjectNode made = Trees.object();
      label(made, Trees.text(job, "metadata", "uid"), Trees.text(job, "metadata", "name"));
      if (!LabelSelector.of(selector.value()).matchesTree(made)) {
        found.add(
            FieldError.invalid(
                selector.path(),
                new Workloads.Shown(selector.value().toString()),
                "`selector` not auto-generated"));
      }
    }
    check(job, found);
  }

  private static void check(ObjectNode job, Violations found) {
    Field spec = Field.root(job).child("spec");
    JobRules.checkSpec(spec, found);
    checkName(Field.root(job), found);
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

  private static void checkName(Field job, Violations found) {
    NameWarnings.tellUnlessLabel(job, "Pod names and hostnames", found);
    Field spec = job.child("spec");
    Field name = job.child("metadata", "name");
    long completions = spec.child("completions").number(0);
    if (spec.child("completionMode").text().equals("Indexed") && completions > 0) {
      for (String problem : Names.label(name.text() + "-" + (completions - 1))) {
        found.invalid(name, "will not able to create pod with invalid DNS hostname: " + problem);
      }
      if (completions > 100_000 && spec.child("parallelism").number(0) > 10_000) {
        found.warn(
            "In Indexed Jobs with a number of completions higher than 10^5 and parallelism higher"
                + " than 10^4, Kubernetes might not be able to track completedIndexes when a big"
                + " number of indexes fail");
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode job, ObjectNode before, Violations found) {
    if (!Objects.equals(job.get("status"), before.get("status"))) {
      for (String count : List.of("active", "succeeded", "failed", "ready", "terminating")) {
        found.notNegative(Field.root(job).child("status", count));
      }
    }
    if (Workloads.sameSpec(job, before)) {
      return;
    }
    check(job, found);
    Field spec = Field.root(job).child("spec");
    checkCompletions(spec, before, found);
    for (String field : IMMUTABLE) {
      found.unchanged(spec.child(field), Trees.at(before, "spec", field));
    }
    boolean mayPlace =
        Trees.isTrue(before, "spec", "suspend") && !Trees.has(before, "status", "startTime");
    JsonNode template = spec.child("template").value().deepCopy();
    JsonNode old = Trees.at(before, "spec", "template");
    if (mayPlace) {
      undoPlacement(template, old);
    }
    if (!template.equals(old)) {
      found.invalid(spec.child("template"), "field is immutable");
    }
  }

  private static void checkCompletions(Field spec, ObjectNode before, Violations found) {
    Field completions = spec.child("completions");
    if (!Violations.differs(completions, Trees.at(before, "spec", "completions"))) {
      return;
    }
    if (!spec.child("completionMode").text().equals("Indexed")) {
      found.invalid(completions, "field is immutable");
    } else if (completions.number(0) != spec.child("parallelism").number(-1)) {
      found.invalid(completions, "can only be modified in tandem with spec.parallelism");
    }
  }

  /// Where the pods of a job go may change until it begins, and what they may use.
  private static void undoPlacement(JsonNode template, JsonNode old) {
    if (template.get("metadata") instanceof ObjectNode metadata
        && old.get("metadata") instanceof ObjectNode oldMetadata) {
      Trees.restore(metadata, oldMetadata, "labels");
      Trees.restore(metadata, oldMetadata, "annotations");
    }
    if (template.get("spec") instanceof ObjectNode spec
        && old.get("spec") instanceof ObjectNode oldSpec) {
      for (String field : List.of("nodeSelector", "affinity", "tolerations", "schedulingGates")) {
        Trees.restore(spec, oldSpec, field);
      }
      for (String list : List.of("containers", "initContainers")) {
        List<ObjectNode> now = Trees.objects(spec, list);
        List<ObjectNode> was = Trees.objects(oldSpec, list);
        for (int i = 0; i < Math.min(now.size(), was.size()); i++) {
          Trees.restore(now.get(i), was.get(i), "resources");
        }
      }
    }
  }
}
