package dev.drydock.apiserver.registry.config;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.ResourceStrategy;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// ConfigMaps.
public final class ConfigMapStrategy implements ResourceStrategy {

  @Override
  public void validateCreate(ObjectNode map, Violations found) {
    Field root = Field.root(map);
    long size = 0;
    for (Field.Entry entry : root.child("data").entries()) {
      ConfigRules.checkKey(entry, found);
      if (Trees.has(map, "binaryData", entry.key())) {
        found.invalid(entry.value(), entry.key(), "duplicate of key present in binaryData");
      }
      size += entry.value().text().getBytes(StandardCharsets.UTF_8).length;
    }
    for (Field.Entry entry : root.child("binaryData").entries()) {
      ConfigRules.checkKey(entry, found);
      size += ConfigRules.decodedLength(entry.value().text());
    }
    if (size > ConfigRules.LARGEST) {
      found.add(FieldError.tooLong("[]", ConfigRules.LARGEST));
    }
  }

  @Override
  public void validateUpdate(ObjectNode map, ObjectNode before, Violations found) {
    ConfigRules.checkImmutable(map, before, List.of("data", "binaryData"), found);
    validateCreate(map, found);
  }
}
