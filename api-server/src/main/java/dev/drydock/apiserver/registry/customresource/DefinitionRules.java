package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a definition must be like.
final class DefinitionRules {
  private DefinitionRules() {}

  /// @param before null: it is new
  static void check(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    Field spec = Field.root(object).child("spec");
    String name = Trees.text(object, "metadata", "name");
    String wanted = spec.child("names", "plural").text() + "." + spec.child("group").text();
    if (!name.equals(wanted)) {
      found.invalid(
          Field.root(object).child("metadata", "name"),
          "must be spec.names.plural+\".\"+spec.group");
    }
  }
}
