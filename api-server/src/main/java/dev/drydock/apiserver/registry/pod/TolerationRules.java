package dev.drydock.apiserver.registry.pod;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Field;
import dev.drydock.apiserver.registry.strategy.Names;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.List;

/// What tolerations must be like.
public final class TolerationRules {
  private static final List<String> EFFECTS =
      List.of("NoSchedule", "PreferNoSchedule", "NoExecute");

  private TolerationRules() {}

  /// Of pods, and of whatever gives tolerations to pods.
  public static void check(Field tolerations, Violations found) {
    for (Field toleration : tolerations.items()) {
      Field key = toleration.child("key");
      Field operator = toleration.child("operator");
      if (!key.isEmpty()) {
        found.conforms(key, Names::qualified);
      } else if (!operator.text().equals("Exists")) {
        found.invalid(
            operator,
            operator.text(),
            "operator must be Exists when `key` is empty, which means \"match all values and all"
                + " keys\"");
      }
      Field effect = toleration.child("effect");
      if (toleration.child("tolerationSeconds").isPresent() && !effect.text().equals("NoExecute")) {
        found.invalid(
            effect, effect.text(), "effect must be 'NoExecute' when `tolerationSeconds` is set");
      }
      switch (operator.text()) {
        case "", "Equal" -> {
          List<String> problems = Names.labelValue(toleration.child("value").text());
          if (!problems.isEmpty()) {
            found.invalid(operator, toleration.child("value").text(), String.join(";", problems));
          }
        }
        case "Exists" -> {
          if (!toleration.child("value").isEmpty()) {
            found.add(
                FieldError.invalid(
                    operator.path(),
                    toleration.child("value").text(),
                    "value must be empty when `operator` is 'Exists'"));
          }
        }
        default -> found.notSupported(operator, List.of("Equal", "Exists"));
      }
      found.oneOf(effect, EFFECTS);
    }
  }
}
