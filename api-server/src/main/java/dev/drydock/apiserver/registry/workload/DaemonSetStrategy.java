package dev.drydock.apiserver.registry.workload;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Portions;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// DaemonSets.
public final class DaemonSetStrategy implements ResourceStrategy {
  private static final Traits TRAITS = Traits.USUAL.counting();
  private static final List<String> NUMBERS =
      List.of(
          "currentNumberScheduled",
          "numberMisscheduled",
          "desiredNumberScheduled",
          "numberReady",
          "observedGeneration",
          "updatedNumberScheduled",
          "numberAvailable",
          "numberUnavailable");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void applyDefaults(ObjectNode set) {
    Workloads.applyDefaults(set);
    if (Trees.at(set, "spec", "updateStrategy") instanceof ObjectNode strategy
        && Trees.text(strategy, "type").equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      Trees.putDefault(rolling, "maxUnavailable", 1);
      Trees.putDefault(rolling, "maxSurge", 0);
    }
  }

  @Override
  public void validateCreate(ObjectNode set, Violations found) {
    Workloads.check(set, "daemonset", found);
    Field strategy = Field.root(set).child("spec", "updateStrategy");
    switch (strategy.child("type").text()) {
      case "OnDelete" -> {
        // nothing more to say
      }
      case "RollingUpdate" -> {
        Field unavailable = strategy.child("rollingUpdate", "maxUnavailable");
        Field surge = strategy.child("rollingUpdate", "maxSurge");
        Portions.check(unavailable, found);
        Portions.check(surge, found);
        if (Portions.isZero(unavailable) && Portions.isZero(surge)) {
          found.add(FieldError.required(unavailable.path(), "cannot be 0 when maxSurge is 0"));
        } else if (!Portions.isZero(unavailable) && !Portions.isZero(surge)) {
          found.add(
              FieldError.invalid(
                  surge.path(),
                  new Workloads.Shown(surge.value().toString()),
                  "may not be set when maxUnavailable is non-zero"));
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
                  List.of("RollingUpdate", "OnDelete")));
    }
  }

  @Override
  public void validateUpdate(ObjectNode set, ObjectNode before, Violations found) {
    Field status = Field.root(set).child("status");
    if (Violations.differs(status, Trees.at(before, "status"))) {
      NUMBERS.forEach(number -> found.notNegative(status.child(number)));
      ReplicaStatusRules.checkCollisions(status, before, found);
    }
    if (!Workloads.sameSpec(set, before)) {
      validateCreate(set, found);
      Workloads.checkSelectorUnchanged(set, before, found);
    }
  }
}
