package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Labels and label selectors, wherever they stand in an object.
public final class Labels {

  private static final int ANNOTATIONS_LIMIT = 256 * 1024;

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

  /// Keys and whole size of annotations.
  public static void checkAnnotations(Field annotations, Violations found) {
    long size = 0;
    for (Field.Entry entry : annotations.entries()) {
      for (String problem : Names.qualified(entry.key().toLowerCase(Locale.ROOT))) {
        found.add(FieldError.invalid(annotations.path(), entry.key(), problem));
      }
      size += bytes(entry.key()) + bytes(entry.value().text());
    }
    if (size > ANNOTATIONS_LIMIT) {
      found.tooLong(annotations, ANNOTATIONS_LIMIT);
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
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
        default -> found.invalid(expression.child("operator"), "not a valid selector operator");
      }
      found.conforms(expression.child("key"), Names::qualified);
      for (Field value : values.items()) {
        found.conforms(value, Names::labelValue);
      }
    }
  }
}
