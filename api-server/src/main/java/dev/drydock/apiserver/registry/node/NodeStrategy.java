package dev.drydock.apiserver.registry.node;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Nodes: kubelets create them with their status.
public final class NodeStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.absentMeans("spec.unschedulable", "false").bornWithStatus();
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  /// What can be allocated is what there is, unless the kubelet says.
  @Override
  public void applyDefaults(ObjectNode node) {
    if (node.get("spec") instanceof ObjectNode spec) {
      String single = Trees.text(spec, "podCIDR");
      List<String> all = Trees.texts(spec, "podCIDRs");
      if (single.isEmpty() && !all.isEmpty()) {
        spec.put("podCIDR", all.getFirst());
      } else if (!single.isEmpty() && all.isEmpty()) {
        spec.putArray("podCIDRs").add(single);
      }
    }
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
            new FieldError(
                FieldError.Type.DUPLICATE,
                taint.path(),
                "Duplicate value: "
                    + Violations.shown(taint.value())
                    + ": taints must be unique by key and effect pair"));
      }
    }
    checkBlocks(Field.root(node).child("spec", "podCIDRs"), found);
    for (String list : List.of("capacity", "allocatable")) {
      for (Field.Entry amount : Field.root(node).child("status", list).entries()) {
        if (Quantity.parse(amount.value().text()).signum() < 0) {
          found.invalid(amount.value(), "must be greater than or equal to 0");
        }
      }
    }
  }

  private static void checkBlocks(Field blocks, Violations found) {
    var families = new HashSet<IpText.Family>();
    for (Field block : blocks.items()) {
      IpText.Family family = IpText.blockFamily(block.text());
      if (family == null) {
        found.invalid(block, IpText.BAD_BLOCK);
      } else if (!families.add(family)) {
        found.invalid(blocks, "may specify no more than one CIDR for each IP family");
      }
    }
  }

  @Override
  public void validateUpdate(ObjectNode node, ObjectNode before, Violations found) {
    validateCreate(node, found);
    checkAddresses(Field.root(node).child("status", "addresses"), found);
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

  private static void checkAddresses(Field addresses, Violations found) {
    var seen = new HashSet<JsonNode>();
    for (Field address : addresses.items()) {
      if (!seen.add(address.value())) {
        found.duplicate(address);
      }
    }
  }
}
