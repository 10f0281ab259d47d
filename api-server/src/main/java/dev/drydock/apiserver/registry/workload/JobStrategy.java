package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.PodDefaults;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs: their selector and labels are made from their uid.
public final class JobStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().absentMeans("status.successful", "0").orphaning();
  private static final String CONTROLLER = "batch.kubernetes.io/controller-uid";
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
  public String deletionWarning() {
    return "child pods are preserved by default when jobs are deleted; set"
        + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan to"
        + " suppress this warning";
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
    madeLabels(uid, name).forEach((key, value) -> Trees.putDefault(labels, key, value));
    ObjectNode selector = Trees.child(Trees.child(spec, "selector"), "matchLabels");
    Trees.putDefault(selector, CONTROLLER, uid);
  }

  /// The labels by which a Job that chose no selector knows its pods.
  private static Map<String, String> madeLabels(String uid, String name) {
    var labels = new LinkedHashMap<String, String>();
    labels.put("controller-uid", uid);
    labels.put("job-name", name);
    labels.put(CONTROLLER, uid);
    labels.put("batch.kubernetes.io/job-name", name);
    return labels;
  }

  @Override
  public void validateCreate(ObjectNode job, Violations found) {
    checkSelector(job, found);
    check(job, found);
    NameWarnings.tellUnlessLabel(Field.root(job), "Pod names and hostnames", found);
  }

  /// A selector that was made must be what was made, whatever else the client wrote.
  private static void checkSelector(ObjectNode job, Violations found) {
    Field spec = Field.root(job).child("spec");
    Field selector = spec.child("selector");
    if (!selector.isPresent() || spec.child("manualSelector").isTrue()) {
      return;
    }
    Map<String, String> made =
        madeLabels(Trees.text(job, "metadata", "uid"), Trees.text(job, "metadata", "name"));
    Field labels = spec.child("template", "metadata").child("labels");
    made.forEach(
        (key, value) -> {
          String place = labels.path() + "[" + key + "]";
          String is = Trees.text(labels.value(), key);
          if (!labels.value().has(key)) {
            found.add(FieldError.required(place, "must be '" + value + "'"));
          } else if (!is.equals(value)) {
            found.add(
                FieldError.invalid(
                    place, Violations.shown(labels.value()), "must be '" + value + "'"));
          }
        });
    if (!matches(selector, made)) {
      found.invalid(selector, "`selector` not auto-generated");
    }
  }

  private static boolean matches(Field selector, Map<String, String> labels) {
    try {
      return LabelSelector.of(selector.value()).matches(labels);
    } catch (ApiException _) {
      return true; // its problems are told elsewhere
    }
  }

  private static void check(ObjectNode job, Violations found) {
    Field spec = Field.root(job).child("spec");
    JobRules.checkSpec(spec, found);
    JobRules.tellOfSize(spec, found);
    Field selector = spec.child("selector");
    if (!selector.isPresent()) {
      found.required(selector, "");
    }
    Labels.checkSelector(selector, found);
    Field labels = spec.child("template", "metadata").child("labels");
    if (!selector.isPresent() || !matches(selector, Trees.textMap(labels.value()))) {
      Workloads.mismatch(labels, found);
    }
    checkName(Field.root(job), found);
  }

  private static void checkName(Field job, Violations found) {
    Field spec = job.child("spec");
    Field name = job.child("metadata", "name");
    long completions = spec.child("completions").number(0);
    if (!spec.child("completionMode").text().equals("Indexed") || completions <= 0) {
      return;
    }
    String host = name.text() + "-" + (completions - 1);
    if (!Names.label(host).isEmpty()) {
      found.invalid(name, "will not able to create pod with invalid DNS label: " + host);
    }
  }

  @Override
  public void validateUpdate(ObjectNode job, ObjectNode before, Violations found) {
    if (!Objects.equals(job.get("status"), before.get("status"))) {
      JobStatusRules.check(job, before, found);
    }
    if (Workloads.sameSpec(job, before)) {
      return;
    }
    checkSelector(job, found);
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
      for (String field : List.of("nodeSelector", "tolerations", "schedulingGates")) {
        Trees.restore(spec, oldSpec, field);
      }
      undoNodeAffinity(spec, oldSpec);
      for (String list : List.of("containers", "initContainers")) {
        List<ObjectNode> now = Trees.objects(spec, list);
        List<ObjectNode> was = Trees.objects(oldSpec, list);
        for (int i = 0; i < Math.min(now.size(), was.size()); i++) {
          Trees.restore(now.get(i), was.get(i), "resources");
        }
      }
    }
  }

  /// Of affinities only the one to nodes may change.
  private static void undoNodeAffinity(ObjectNode spec, ObjectNode old) {
    if (!spec.has("affinity") && !old.has("affinity")) {
      return;
    }
    ObjectNode affinity = Trees.child(spec, "affinity");
    Trees.restore(affinity, Trees.child(old.deepCopy(), "affinity"), "nodeAffinity");
    if (affinity.isEmpty() && !old.has("affinity")) {
      spec.remove("affinity");
    }
  }
}
