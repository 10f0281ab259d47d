package dev.drydock.apiserver.registry.strategy;

import java.util.HashSet;
import java.util.List;

/// Conditions in the form that kinds share (`meta/v1`).
///
/// Source: `ValidateConditions` of `apimachinery`.
public final class ConditionRules {
  private static final List<String> STATUSES = List.of("False", "True", "Unknown");
  private static final String REASON = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
  private static final int LONGEST_REASON = 1024;
  private static final int LONGEST_MESSAGE = 32 * 1024;

  private ConditionRules() {}

  public static void check(Field conditions, Violations found) {
    var types = new HashSet<String>();
    for (Field condition : conditions.items()) {
      if (!types.add(condition.child("type").text())) {
        found.duplicate(condition.child("type"));
      }
      checkOne(condition, found);
    }
  }

  private static void checkOne(Field condition, Violations found) {
    found.conforms(condition.child("type"), Names::qualified);
    Field status = condition.child("status");
    if (!STATUSES.contains(status.text())) {
      found.notSupported(status, STATUSES);
    }
    if (condition.child("observedGeneration").number(0) < 0) {
      found.invalid(condition.child("observedGeneration"), "must be greater than or equal to zero");
    }
    found.present(condition.child("lastTransitionTime"), "");
    Field reason = condition.child("reason");
    if (found.present(reason, "")) {
      if (!reason.text().matches(REASON)) {
        found.invalid(
            reason,
            "a condition reason must start with alphabetic character, optionally followed by a"
                + " string of alphanumeric characters or '_,:', and must end with an alphanumeric"
                + " character or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName',  or"
                + " 'ReasonA,ReasonB',  or 'ReasonA:ReasonB', regex used for validation is '"
                + REASON
                + "')");
      }
      limit(reason, LONGEST_REASON, found);
    }
    limit(condition.child("message"), LONGEST_MESSAGE, found);
  }

  private static void limit(Field text, int longest, Violations found) {
    if (text.text().length() > longest) {
      found.tooLong(text, longest);
    }
  }
}
