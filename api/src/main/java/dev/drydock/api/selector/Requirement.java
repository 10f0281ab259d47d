package dev.drydock.api.selector;

import dev.drydock.api.status.ApiException;
import dev.drydock.api.status.FieldError;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One condition of a [LabelSelector].
///
/// @param values sorted, without doubles; empty for the operators that take none
public record Requirement(String key, Operator operator, List<String> values) {

  /// How the label is compared.
  public enum Operator {
    IN,
    NOT_IN,
    EQUALS,
    NOT_EQUALS,
    EXISTS,
    DOES_NOT_EXIST,
    GREATER_THAN,
    LESS_THAN
  }

  public Requirement {
    values = values.size() < 2 ? List.copyOf(values) : List.copyOf(new TreeSet<>(values));
  }

  /// A requirement whose key and values Kubernetes accepts.
  ///
  /// @throws ApiException bad request, with Kubernetes' text
  public static Requirement checked(String key, Operator operator, List<String> values) {
    LabelSyntax.checkKey(key);
    var made = new Requirement(key, operator, values);
    made.checkValues();
    return made;
  }

  private void checkValues() {
    switch (operator) {
      case IN, NOT_IN ->
          require(!values.isEmpty(), "for 'in', 'notin' operators, values set can't be empty");
      case EQUALS, NOT_EQUALS ->
          require(values.size() == 1, "exact-match compatibility requires one single value");
      case EXISTS, DOES_NOT_EXIST ->
          require(values.isEmpty(), "values set must be empty for exists and does not exist");
      case GREATER_THAN, LESS_THAN -> {
        require(values.size() == 1, "for 'Gt', 'Lt' operators, exactly one value is required");
        if (number(values.getFirst()) == null) {
          throw ApiException.badRequest(
              unable(
                  FieldError.invalid(
                      "values[0]",
                      values.getFirst(),
                      "for 'Gt', 'Lt' operators, the value must be an integer")));
        }
      }
    }
    for (int i = 0; i < values.size(); i++) {
      LabelSyntax.checkValue(key, values.get(i), i);
    }
  }

  private void require(boolean holds, String detail) {
    if (!holds) {
      throw ApiException.badRequest(unable(FieldError.invalid("values", values, detail)));
    }
  }

  static String unable(FieldError error) {
    return "unable to parse requirement: " + error;
  }

  public boolean matches(Map<String, String> labels) {
    @Nullable String value = labels.get(key);
    return switch (operator) {
      case EQUALS, IN -> value != null && values.contains(value);
      case NOT_EQUALS, NOT_IN -> value == null || !values.contains(value);
      case EXISTS -> value != null;
      case DOES_NOT_EXIST -> value == null;
      case GREATER_THAN -> compares(value, 1);
      case LESS_THAN -> compares(value, -1);
    };
  }

  private boolean compares(@Nullable String value, int sign) {
    @Nullable Long left = value == null ? null : number(value);
    @Nullable Long right = number(values.getFirst());
    return left != null && right != null && Long.compare(left, right) == sign;
  }

  private static @Nullable Long number(String text) {
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException _) {
      return null;
    }
  }

  /// As in a URL.
  @Override
  public String toString() {
    return switch (operator) {
      case IN -> key + " in (" + String.join(",", values) + ")";
      case NOT_IN -> key + " notin (" + String.join(",", values) + ")";
      case EQUALS -> key + "=" + values.getFirst();
      case NOT_EQUALS -> key + "!=" + values.getFirst();
      case EXISTS -> key;
      case DOES_NOT_EXIST -> "!" + key;
      case GREATER_THAN -> key + ">" + values.getFirst();
      case LESS_THAN -> key + "<" + values.getFirst();
    };
  }
}
