package dev.drydock.apiserver.registry.networking;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// ServiceCIDRs.
public final class ServiceCidrStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode range, Violations found) {
    Field blocks = Field.root(range).child("spec", "cidrs");
    if (blocks.isEmpty()) {
      found.required(blocks, "at least one CIDR required");
      return;
    }
    if (blocks.items().size() > 2) {
      found.invalid(blocks, "must only hold up to 2 values");
    }
    var families = new HashSet<IpText.Family>();
    for (Field block : blocks.items()) {
      IpText.Family family = IpText.blockFamily(block.text());
      if (family == null) {
        found.invalid(block, IpText.BAD_BLOCK);
      } else if (!IpText.canonicalBlock(block.text()).equals(block.text())) {
        found.invalid(
            block, "must be in canonical form (\"" + IpText.canonicalBlock(block.text()) + "\")");
      } else if (!families.add(family)) {
        found.invalid(
            blocks,
            "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
                + " 2001:db8::/64");
      }
    }
  }

  /// A second family may be added; nothing else changes.
  @Override
  public void validateUpdate(ObjectNode range, ObjectNode before, Violations found) {
    if (Objects.equals(range.get("spec"), before.get("spec"))) {
      return;
    }
    List<String> now = Trees.texts(range, "spec", "cidrs");
    List<String> was = Trees.texts(before, "spec", "cidrs");
    boolean grows = was.size() == 1 && now.size() == 2 && now.getFirst().equals(was.getFirst());
    if (grows) {
      validateCreate(range, found);
    } else {
      found.unchanged(Field.root(range).child("spec", "cidrs"), Trees.at(before, "spec", "cidrs"));
    }
  }
}
