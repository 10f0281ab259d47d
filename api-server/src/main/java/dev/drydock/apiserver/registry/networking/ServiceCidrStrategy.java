package dev.drydock.apiserver.registry.networking;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
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
      JsonNode shown = Trees.object().set("CIDRs", blocks.value());
      found.add(
          FieldError.invalid(
              blocks.path(), Violations.shown(shown), "may only hold up to 2 values"));
      return;
    }
    var families = new HashSet<IpText.Family>();
    boolean twice = false;
    for (Field block : blocks.items()) {
      found.conforms(block, IpText::canonicalBlockOnly);
      IpText.Family family = IpText.blockFamily(block.text());
      twice |= family != null && !families.add(family);
    }
    if (twice) {
      found.invalid(
          blocks,
          "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and"
              + " 2001:db8::/64");
    }
  }

  /// A second family may be added; nothing else changes.
  @Override
  public void validateUpdate(ObjectNode range, ObjectNode before, Violations found) {
    if (Objects.equals(range.get("spec"), before.get("spec"))) {
      return;
    }
    Field blocks = Field.root(range).child("spec", "cidrs");
    List<String> was = Trees.texts(before, "spec", "cidrs");
    List<Field> now = blocks.items();
    boolean grows = was.size() == 1 && now.size() == 2;
    if (!grows && now.size() != was.size()) {
      found.unchanged(blocks, Trees.at(before, "spec", "cidrs"));
      return;
    }
    for (int i = 0; i < was.size(); i++) {
      if (!now.get(i).text().equals(was.get(i))) {
        found.invalid(now.get(i), "field is immutable");
      }
    }
    if (grows) {
      validateCreate(range, found);
    }
  }
}
