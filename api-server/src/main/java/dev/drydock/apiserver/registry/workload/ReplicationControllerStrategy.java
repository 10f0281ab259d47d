package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.selector.LabelSelector;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ReplicationControllers: the oldest workload, with a plain map as selector.
public final class ReplicationControllerStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.counting().absentMeans("status.replicas", "0").orphaning();

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode controller) {
    Workloads.applyDefaults(controller);
    JsonNode labels = Trees.at(controller, "spec", "template", "metadata", "labels");
    if (labels.isObject() && !labels.isEmpty()) {
      if (!Trees.isFilled(controller, "spec", "selector")) {
        Trees.child(controller, "spec").set("selector", labels.deepCopy());
      }
      if (!Trees.isFilled(controller, "metadata", "labels")) {
        Trees.child(controller, "metadata").set("labels", labels.deepCopy());
      }
    }
  }

  @Override
  public void validateCreate(ObjectNode controller, Violations found) {
    Field spec = Field.root(controller).child("spec");
    found.notNegative(spec.child("minReadySeconds"));
    Map<String, String> selector = Trees.textMap(spec.child("selector").value());
    if (selector.isEmpty()) {
      found.required(spec.child("selector"), "");
    }
    found.notNegative(spec.child("replicas"));
    Field template = spec.child("template");
    if (!template.isPresent()) {
      found.required(template, "");
      return;
    }
    Field labels = template.child("metadata", "labels");
    if (!selector.isEmpty()
        && !LabelSelector.ofLabels(selector).matches(Trees.textMap(labels.value()))) {
      Workloads.mismatch(labels, found);
    }
    Workloads.checkTemplate(template, "ReplicationController", found);
  }

  @Override
  public void validateUpdate(ObjectNode controller, ObjectNode before, Violations found) {
    if (!Objects.equals(controller.get("status"), before.get("status"))) {
      ReplicaStatusRules.check(
          Field.root(controller).child("status"),
          ReplicaSetStrategy.PARTS,
          "cannot be greater than readyReplicas",
          found);
    }
    if (!Workloads.sameSpec(controller, before)) {
      validateCreate(controller, found);
    }
  }
}
