package dev.drydock.apiserver.registry.networking;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.IpText;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// IPAddresses: named by the address, for one object for ever.
public final class IpAddressStrategy implements ResourceStrategy {
  private static final Traits TRAITS =
      Traits.USUAL.named(IpText::canonicalAddress).selectableBy("spec.parentRef.name");

  @Override
  public Traits traits() {
    return TRAITS;
  }

  @Override
  public void validateCreate(ObjectNode address, Violations found) {
    Field parent = Field.root(address).child("spec", "parentRef");
    if (!parent.isPresent()) {
      found.required(parent, "");
      return;
    }
    if (!parent.child("group").isEmpty()) {
      found.conforms(parent.child("group"), Names::subdomain);
    }
    for (String field : List.of("resource", "name")) {
      if (found.present(parent.child(field), "")) {
        found.conforms(parent.child(field), Names::pathSegment);
      }
    }
    found.conforms(parent.child("namespace"), Names::pathSegment);
  }

  @Override
  public void validateUpdate(ObjectNode address, ObjectNode before, Violations found) {
    Field parent = Field.root(address).child("spec", "parentRef");
    found.unchanged(parent, Trees.at(before, "spec", "parentRef"));
  }
}
