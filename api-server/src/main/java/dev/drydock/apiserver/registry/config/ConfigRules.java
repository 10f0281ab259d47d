package dev.drydock.apiserver.registry.config;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Sameness;
import dev.drydock.apiserver.registry.strategy.Trees;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What ConfigMaps and Secrets share: keys, size, immutability.
final class ConfigRules {
  static final int LARGEST = 1024 * 1024;

  private ConfigRules() {}

  static void checkKey(Field.Entry entry, Violations found) {
    for (String problem : Names.configKey(entry.key())) {
      found.invalid(entry.value(), entry.key(), problem);
    }
  }

  /// How many bytes a text in base 64 stands for.
  static long decodedLength(String base64) {
    long padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
    return base64.length() / 4 * 3L - padding;
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
      if (!Sameness.same(Trees.at(object, field), Trees.at(before, field))) {
        found.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
      }
    }
  }
}
