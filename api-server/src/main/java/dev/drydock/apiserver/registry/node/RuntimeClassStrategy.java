package dev.drydock.apiserver.registry.node;

import dev.drydock.apiserver.registry.pod.PodWarnings;
import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.pod.TolerationRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Labels;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import tools.jackson.databind.node.ObjectNode;

/// RuntimeClasses.
public final class RuntimeClassStrategy implements ResourceStrategy {

  @Override
  public boolean changesBlindly() {
    return false;
  }

  @Override
  public void validateCreate(ObjectNode runtimeClass, Violations found) {
    Field root = Field.root(runtimeClass);
    found.conforms(root.child("handler"), Names::label);
    ObjectNode overhead = Trees.object();
    overhead.putObject("overhead").set("limits", root.child("overhead", "podFixed").value());
    for (Field.Entry amount : Field.root(overhead).child("overhead", "limits").entries()) {
      ResourceRules.checkName(amount.value(), amount.key(), found);
      ResourceRules.checkAmount(amount.key(), amount.value(), found);
    }
    Field scheduling = root.child("scheduling");
    Labels.check(scheduling.child("nodeSelector"), found);
    TolerationRules.check(scheduling.child("tolerations"), found);
    PodWarnings.tellLabels(scheduling.child("nodeSelector"), found);
  }

  @Override
  public void validateUpdate(ObjectNode runtimeClass, ObjectNode before, Violations found) {
    validateCreate(runtimeClass, found);
    found.unchanged(Field.root(runtimeClass).child("handler"), Trees.at(before, "handler"));
  }
}
