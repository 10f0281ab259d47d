package dev.drydock.apiserver.registry.strategy;

import dev.drydock.api.status.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Collects what is wrong with an object, and what its author should be warned of.
public final class Violations {
  private final List<FieldError> errors = new ArrayList<>();
  private final Consumer<String> warnings;

  public Violations(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  public void add(FieldError error) {
    errors.add(error);
  }

  public void required(Field field, String detail) {
    add(FieldError.required(field.path(), detail));
  }

  public void invalid(Field field, String detail) {
    add(FieldError.invalid(field.path(), shown(field.value()), detail));
  }

  /// Like [#invalid], for a list: an absent one is shown as null.
  public void invalidList(Field list, String detail) {
    Object value = list.isPresent() ? shown(list.value()) : new Shown("null");
    add(FieldError.invalid(list.path(), value, detail));
  }

  /// Like [#invalid], where the message does not show the value.
  public void invalidUnseen(Field field, String detail) {
    add(new FieldError(FieldError.Type.INVALID, field.path(), "Invalid value: " + detail));
  }

  /// The same, where the message shows another value.
  public void invalid(Field field, Object value, String detail) {
    add(FieldError.invalid(field.path(), value, detail));
  }

  public void forbidden(Field field, String detail) {
    add(FieldError.forbidden(field.path(), detail));
  }

  public void duplicate(Field field) {
    add(FieldError.duplicate(field.path(), shown(field.value())));
  }

  public void notFound(Field field) {
    add(FieldError.notFound(field.path(), shown(field.value())));
  }

  public void tooLong(Field field, int maximum) {
    add(FieldError.tooLong(field.path(), maximum));
  }

  public void notSupported(Field field, Iterable<String> supported) {
    add(FieldError.notSupported(field.path(), shown(field.value()), supported));
  }

  /// Checks a value against what is allowed; an absent one is not looked at.
  public void oneOf(Field field, List<String> supported) {
    if (!field.isEmpty() && !supported.contains(field.text())) {
      notSupported(field, supported);
    }
  }

  /// Checks that a required value is there.
  ///
  /// @return whether it is
  public boolean present(Field field, String detail) {
    if (field.isEmpty()) {
      required(field, detail);
      return false;
    }
    return true;
  }

  public void notNegative(Field field) {
    if (field.number(0) < 0) {
      invalid(field, "must be greater than or equal to 0");
    }
  }

  public void positive(Field field) {
    if (field.isPresent() && field.number(1) <= 0) {
      invalid(field, "must be greater than 0");
    }
  }

  /// Checks how many elements a list or map has.
  ///
  /// @return whether there are no more
  public boolean atMost(Field list, int most) {
    int size = list.value().isContainer() ? list.value().size() : 0;
    if (size > most) {
      add(
          new FieldError(
              FieldError.Type.TOO_MANY,
              list.path(),
              "Too many: "
                  + size
                  + ": must have at most "
                  + most
                  + (most == 1 ? " item" : " items")));
    }
    return size <= most;
  }

  /// Checks a required value against what is allowed.
  public void requiredOneOf(Field field, List<String> supported) {
    if (present(field, "")) {
      oneOf(field, supported);
    }
  }

  /// Checks that a field is as it was, and forbids a change in these words.
  public void forbidChange(Field now, JsonNode before, String words) {
    if (differs(now, before)) {
      forbidden(now, words);
    }
  }

  public void inRange(Field field, long lowest, long highest) {
    long number = field.number(lowest);
    if (number < lowest || number > highest) {
      invalid(field, "must be between " + lowest + " and " + highest + ", inclusive");
    }
  }

  /// Checks a text by a rule of [Names].
  public void conforms(Field field, NameRule rule) {
    for (String problem : rule.problems(field.text())) {
      invalid(field, problem);
    }
  }

  /// Checks that a field is as it was.
  public void unchanged(Field now, JsonNode before) {
    if (differs(now, before)) {
      invalid(now, "field is immutable");
    }
  }

  /// Whether a field is not as it was; null and absence are the same.
  public static boolean differs(Field now, JsonNode before) {
    JsonNode nowValue = now.isPresent() ? now.value() : null;
    JsonNode beforeValue = before.isMissingNode() || before.isNull() ? null : before;
    return !java.util.Objects.equals(nowValue, beforeValue);
  }

  public void warn(String warning) {
    warnings.accept(warning);
  }

  public List<FieldError> errors() {
    return List.copyOf(errors);
  }

  public boolean isEmpty() {
    return errors.isEmpty();
  }

  /// How much has been found so far.
  public int count() {
    return errors.size();
  }

  /// A value as messages show it.
  public static Object shown(JsonNode value) {
    if (value.isString()) {
      return value.stringValue("");
    }
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    return new Shown(value.toString());
  }

  /// JSON that is not to be quoted.
  private record Shown(String json) {
    @Override
    public String toString() {
      return json;
    }
  }
}
