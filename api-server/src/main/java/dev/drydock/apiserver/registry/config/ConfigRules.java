package dev.drydock.apiserver.registry.config;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/// What ConfigMaps and Secrets share: keys, size, immutability.
final class ConfigRules {
  static final int LARGEST = 1024 * 1024;

  private ConfigRules() {}

  static void checkKeys(Field data, Violations found) {
    for (Field.Entry entry : data.entries()) {
      for (String problem : Names.configKey(entry.key())) {
        found.add(FieldError.invalid(data.path() + "[" + entry.key() + "]", entry.key(), problem));
      }
    }
  }

  static void checkImmutable(
      ObjectNode object, ObjectNode before, List<String> fields, Violations found) {
    if (!Trees.isTrue(before, "immutable")) {
      return;
    }
    if (!Trees.isTrue(object, "immutable")) {
      found.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
    }
    for (String field : fields) {
      if (!Objects.equals(object.get(field), before.get(field))) {
        found.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
  }
}
