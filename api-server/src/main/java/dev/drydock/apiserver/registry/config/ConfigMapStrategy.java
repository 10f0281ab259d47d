package dev.drydock.apiserver.registry.config;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// ConfigMaps.
public final class ConfigMapStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode map, Violations found) {
    Field root = Field.root(map);
    long size = 0;
    for (String field : List.of("data", "binaryData")) {
      ConfigRules.checkKeys(root.child(field), found);
      for (Field.Entry entry : root.child(field).entries()) {
        int length = entry.value().text().length();
        size += field.equals("data") ? length : length * 3L / 4;
      }
    }
    for (Field.Entry entry : root.child("binaryData").entries()) {
      if (Trees.has(map, "data", entry.key())) {
        found.add(
            FieldError.invalid(
                "data[" + entry.key() + "]",
                entry.key(),
                "duplicate of key present in binaryData"));
        found.add(
            FieldError.invalid(
                "binaryData[" + entry.key() + "]",
                entry.key(),
                "duplicate of key present in data"));
      }
    }
    if (size > ConfigRules.LARGEST) {
      found.add(FieldError.tooLong("[]", ConfigRules.LARGEST));
    }
  }

  @Override
  public void validateUpdate(ObjectNode map, ObjectNode before, Violations found) {
    validateCreate(map, found);
    ConfigRules.checkImmutable(map, before, List.of("data", "binaryData"), found);
  }
}
