package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.util.List;

/// Labels and label selectors, wherever they stand in an object.
public final class Labels {
  private static final List<String> OPERATORS = List.of("In", "NotIn", "Exists", "DoesNotExist");

  private Labels() {}

  public static void check(Field labels, Violations found) {
    for (Field.Entry entry : labels.entries()) {
      for (String problem : Names.qualified(entry.key())) {
        found.add(FieldError.invalid(labels.path(), entry.key(), problem));
      }
      for (String problem : Names.labelValue(entry.value().text())) {
        found.add(FieldError.invalid(labels.path(), entry.value().text(), problem));
      }
    }
  }

  public static void checkSelector(Field selector, Violations found) {
    check(selector.child("matchLabels"), found);
    for (Field expression : selector.child("matchExpressions").items()) {
      Field values = expression.child("values");
      switch (expression.child("operator").text()) {
        case "In", "NotIn" -> {
          if (values.isEmpty()) {
            found.required(values, "must be specified when `operator` is 'In' or 'NotIn'");
          }
        }
        case "Exists", "DoesNotExist" -> {
          if (!values.isEmpty()) {
            found.forbidden(
                values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
          }
        }
        default -> found.notSupported(expression.child("operator"), OPERATORS);
      }
      found.conforms(expression.child("key"), Names::qualified);
      for (Field value : values.items()) {
        found.conforms(value, Names::labelValue);
      }
    }
  }
}
