package dev.drydock.apiserver.registry.node;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Nodes: kubelets create them with their status.
public final class NodeStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.selectableBy("spec.unschedulable").bornWithStatus();
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// What can be allocated is what there is, unless the kubelet says.
  @Override
  public void applyDefaults(ObjectNode node) {
    if (node.get("status") instanceof ObjectNode status
        && status.has("capacity")
        && !Trees.isFilled(status, "allocatable")) {
      status.set("allocatable", status.get("capacity").deepCopy());
    }
  }

  @Override
  public void validateCreate(ObjectNode node, Violations found) {
    var seen = new HashSet<String>();
    for (Field taint : Field.root(node).child("spec", "taints").items()) {
      if (found.present(taint.child("key"), "")) {
        found.conforms(taint.child("key"), Names::qualified);
      }
      if (!taint.child("value").isEmpty()) {
        found.conforms(taint.child("value"), Names::labelValue);
      }
      if (found.present(taint.child("effect"), "")) {
        found.oneOf(taint.child("effect"), EFFECTS);
      }
      if (!seen.add(taint.child("key").text() + ":" + taint.child("effect").text())) {
        found.add(
            FieldError.duplicate(taint.path(), "taints must be unique by key and effect pair"));
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode node, ObjectNode before, Violations found) {
    validateCreate(node, found);
    String provider = Trees.text(before, "spec", "providerID");
    if (!provider.isEmpty() && !provider.equals(Trees.text(node, "spec", "providerID"))) {
      found.add(
          FieldError.forbidden(
              "spec.providerID",
              "node updates may not change providerID except from \"\" to" + " valid"));
    }
    List<String> cidrs = Trees.texts(before, "spec", "podCIDRs");
    if (!cidrs.isEmpty() && !cidrs.equals(Trees.texts(node, "spec", "podCIDRs"))) {
      found.add(
          FieldError.forbidden(
              "spec.podCIDRs", "node updates may not change podCIDR except from \"\" to valid"));
    }
  }
}
