package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.NameWarnings;
import dev.drydock.apiserver.registry.strategy.Portions;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Deployments.
public final class DeploymentStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.countingAnnotations();
  private static final String QUARTER = "25%";

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode deployment) {
    Workloads.applyDefaults(deployment);
    if (Trees.at(deployment, "spec", "strategy") instanceof ObjectNode strategy
        && Trees.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      Trees.putDefault(rolling, "maxUnavailable", QUARTER);
      Trees.putDefault(rolling, "maxSurge", QUARTER);
    }
  }

  @Override
  public void validateCreate(ObjectNode deployment, Violations found) {
    check(deployment, found);
    NameWarnings.tellUnlessLabel(Field.root(deployment), "Pod names and hostnames", found);
  }

  private static void check(ObjectNode deployment, Violations found) {
    Workloads.check(deployment, "deployment", found);
    Field spec = Field.root(deployment).child("spec");
    checkStrategy(spec.child("strategy"), found);
    Field deadline = spec.child("progressDeadlineSeconds");
    if (deadline.isPresent()) {
      found.notNegative(deadline);
      if (deadline.number(0) <= spec.child("minReadySeconds").number(0)) {
        found.invalid(deadline, "must be greater than minReadySeconds");
      }
    }
  }

  private static void checkStrategy(Field strategy, Violations found) {
    Field rolling = strategy.child("rollingUpdate");
    switch (strategy.child("type").text()) {
      case "Recreate" -> {
        if (rolling.isPresent()) {
          found.forbidden(rolling, "may not be specified when strategy `type` is 'Recreate'");
        }
      }
      case "RollingUpdate" -> {
        Field unavailable = rolling.child("maxUnavailable");
        Field surge = rolling.child("maxSurge");
        Portions.check(unavailable, found);
        Portions.checkForm(surge, found);
        if (Portions.isZero(unavailable) && Portions.isZero(surge)) {
          found.add(
              FieldError.invalid(
                  unavailable.path(),
                  new Workloads.Shown(unavailable.value().toString()),
                  "may not be 0 when `maxSurge` is 0"));
        }
      }
      default ->
          found.add(
              FieldError.notSupported(
                  strategy.path(),
                  new Workloads.Shown(
                      "{\"Type\":\""
                          + strategy.child("type").text()
                          + "\",\"RollingUpdate\":null}"),
                  List.of("Recreate", "RollingUpdate")));
    }
  }

  @Override
  public void validateUpdate(ObjectNode deployment, ObjectNode before, Violations found) {
    Field status = Field.root(deployment).child("status");
    if (Violations.differs(status, Trees.at(before, "status"))) {
      ReplicaStatusRules.check(
          status,
          List.of("updatedReplicas", "readyReplicas", "availableReplicas"),
          "cannot be greater than readyReplicas",
          found);
      found.notNegative(status.child("unavailableReplicas"));
      ReplicaStatusRules.checkCollisions(status, before, found);
    }
    if (!Workloads.sameSpec(deployment, before)) {
      check(deployment, found);
      Workloads.checkSelectorUnchanged(deployment, before, found);
    }
  }
}
