package dev.drydock.apiserver.registry.node;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.pod.ResourceRules;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.InnerForm;
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
    Field root = Field.root(node);
    checkTaints(root, found);
    checkResources(root.child("status"), found);
    checkBlocks(root.child("spec", "podCIDRs"), found);
    warn(root, found);
  }

  /// The real server looks for them in the metadata.
  private static void checkTaints(Field node, Violations found) {
    Field taints = node.child("metadata", "taints").showing(node.child("spec", "taints").value());
    var seen = new HashSet<String>();
    for (Field taint : taints.items()) {
      Field key = taint.child("key");
      Names.qualified(key.text()).forEach(problem -> found.invalid(key, key.text(), problem));
      Field value = taint.child("value");
      List<String> problems = Names.labelValue(value.text());
      if (!problems.isEmpty()) {
        found.invalid(value, String.join(";", problems));
      }
      if (found.present(taint.child("effect"), "")) {
        found.oneOf(taint.child("effect"), EFFECTS);
      }
      if (!seen.add(key.text() + ":" + taint.child("effect").text())) {
        found.add(
            new FieldError(
                FieldError.Type.DUPLICATE,
                taint.path(),
                "Duplicate value: "
                    + InnerForm.of(taint, "Key:\"\"", "Value:\"\"", "Effect:\"\"", "TimeAdded")
                    + ": taints must be unique by key and effect pair"));
      }
    }
  }

  private static void checkResources(Field status, Violations found) {
    for (String list : List.of("capacity", "allocatable")) {
      for (Field.Entry amount : status.child(list).entries()) {
        Field place = status.child(list, amount.key());
        ResourceRules.checkAmount(amount.key(), place, found);
      }
    }
  }

  private static void checkBlocks(Field blocks, Violations found) {
    List<Field> all = blocks.items();
    all.forEach(block -> IpText.checkBlock(block, found));
    if (all.size() < 2) {
      return;
    }
    long families = all.stream().map(block -> IpText.blockFamily(block.text())).distinct().count();
    if (families < 2 || all.size() > 2) {
      found.invalid(blocks, "may specify no more than one CIDR for each IP family");
    }
    var seen = new HashSet<String>();
    for (Field block : all) {
      if (!seen.add(block.text())) {
        found.duplicate(block);
      }
    }
  }

  private static void warn(Field node, Violations found) {
    if (!node.child("spec", "externalID").isEmpty()) {
      found.warn("spec.externalID: this field is deprecated, and is unused by Kubernetes");
    }
  }

  @Override
  public void validateUpdate(ObjectNode node, ObjectNode before, Violations found) {
    validateCreate(node, found);
    Field root = Field.root(node);
    checkAddresses(root.child("status", "addresses"), found);
    List<String> cidrs = Trees.texts(before, "spec", "podCIDRs");
    if (!cidrs.isEmpty() && !cidrs.equals(Trees.texts(node, "spec", "podCIDRs"))) {
      found.forbidden(
          root.child("spec", "podCIDRs"),
          "node updates may not change podCIDR except from \"\" to valid");
    }
    String provider = Trees.text(before, "spec", "providerID");
    if (!provider.isEmpty() && !provider.equals(Trees.text(node, "spec", "providerID"))) {
      found.forbidden(
          root.child("spec", "providerID"),
          "node updates may not change providerID except from \"\" to valid");
    }
    if (!Trees.text(before, "spec", "externalID").equals(Trees.text(node, "spec", "externalID"))) {
      found.forbidden(root.child("spec", "externalID"), "may not be updated");
    }
  }

  private static void checkAddresses(Field addresses, Violations found) {
    var seen = new HashSet<JsonNode>();
    for (Field address : addresses.items()) {
      if (!seen.add(address.value())) {
        found.add(
            FieldError.duplicate(
                address.path(), InnerForm.of(address, "Type:\"\"", "Address:\"\"")));
      }
    }
  }
}
