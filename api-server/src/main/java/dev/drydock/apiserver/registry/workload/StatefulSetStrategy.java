package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Portions;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// StatefulSets.
public final class StatefulSetStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.named(Names::label).counting();
  private static final List<String> CHANGEABLE =
      List.of(
          "replicas",
          "ordinals",
          "template",
          "updateStrategy",
          "revisionHistoryLimit",
          "persistentVolumeClaimRetentionPolicy",
          "minReadySeconds");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode set) {
    Workloads.applyDefaults(set);
    if (Trees.at(set, "spec", "updateStrategy") instanceof ObjectNode strategy
        && Trees.text(strategy, "type").equals("RollingUpdate")) {
      Trees.putDefault(Trees.child(strategy, "rollingUpdate"), "partition", 0);
    }
    for (ObjectNode claim : Trees.objects(set, "spec", "volumeClaimTemplates")) {
      claim.put("apiVersion", "v1").put("kind", "PersistentVolumeClaim");
    }
  }

  @Override
  public void validateCreate(ObjectNode set, Violations found) {
    Workloads.check(set, "statefulset", found);
    Field spec = Field.root(set).child("spec");
    Field management = spec.child("podManagementPolicy");
    if (found.present(management, "")
        && !List.of("OrderedReady", "Parallel").contains(management.text())) {
      found.invalid(management, "must be 'OrderedReady' or 'Parallel'");
    }
    for (String when : List.of("whenDeleted", "whenScaled")) {
      found.oneOf(
          spec.child("persistentVolumeClaimRetentionPolicy", when), List.of("Retain", "Delete"));
    }
    found.notNegative(spec.child("ordinals", "start"));
    Field strategy = spec.child("updateStrategy");
    switch (strategy.child("type").text()) {
      case "OnDelete" -> {
        if (strategy.child("rollingUpdate").isPresent()) {
          found.invalid(
              strategy.child("rollingUpdate"), "only allowed for updateStrategy 'RollingUpdate'");
        }
      }
      case "RollingUpdate" -> {
        found.notNegative(strategy.child("rollingUpdate", "partition"));
        Field unavailable = strategy.child("rollingUpdate", "maxUnavailable");
        Portions.check(unavailable, found);
        if (unavailable.isPresent() && Portions.isZero(unavailable)) {
          found.invalid(unavailable, "cannot be 0");
        }
      }
      case "" -> found.required(strategy, "");
      default -> found.invalid(strategy, "must be 'RollingUpdate' or 'OnDelete'");
    }
  }

  @Override
  public void validateUpdate(ObjectNode set, ObjectNode before, Violations found) {
    Field status = Field.root(set).child("status");
    if (Violations.differs(status, Trees.at(before, "status"))) {
      ReplicaStatusRules.check(
          status,
          List.of("readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"),
          "cannot be greater than status.readyReplicas",
          found);
      ReplicaStatusRules.checkCollisions(status, before, found);
    }
    if (Workloads.sameSpec(set, before)) {
      return;
    }
    validateCreate(set, found);
    if (set.get("spec").deepCopy() instanceof ObjectNode comparable
        && before.get("spec") instanceof ObjectNode old) {
      for (String field : CHANGEABLE) {
        Trees.restore(comparable, old, field);
      }
      if (!comparable.equals(old)) {
        found.add(
            FieldError.forbidden(
                "spec",
                "updates to statefulset spec for fields other than 'replicas', 'ordinals',"
                    + " 'template', 'updateStrategy', 'revisionHistoryLimit',"
                    + " 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are"
                    + " forbidden"));
      }
    }
  }
}
