package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.CelEvaluationException.Reason;
import dev.drydock.apiserver.cel.value.Maybe;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Values;
import dev.drydock.apiserver.registry.strategy.Violations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One rule, ready to run.
///
/// @param type of the value it is about, for messages
/// @param shape of that value
/// @param program null: it could not be compiled, and says why with each object
/// @param messages makes the message; null: there is a fixed one
record CompiledRule(
    Rule rule,
    String type,
    Shape shape,
    @Nullable CelProgram program,
    @Nullable CelProgram messages,
    String problem) {

  /// What the schema says of a rule.
  ///
  /// @param message empty: made of the rule
  /// @param fieldPath where the error is, below the value: `.spec.x`
  record Rule(String text, String message, String reason, String fieldPath, Before before) {
    String shownMessage() {
      return message.isEmpty() ? "failed rule: " + name() : name();
    }

    /// How messages call the rule.
    String name() {
      return message.isEmpty() ? text.strip() : message.strip();
    }
  }

  /// Whether a rule looks at the state before, and does without one.
  enum Before {
    UNUSED,
    NEEDED,
    OPTIONAL
  }

  boolean isTransition() {
    return rule.before() != Before.UNUSED;
  }

  boolean skips(@Nullable JsonNode before) {
    return rule.before() == Before.NEEDED && before == null;
  }

  /// @throws CelEvaluationException when there is no answer
  Optional<FieldError> check(
      JsonNode value, @Nullable JsonNode before, String path, CelBudget budget) {
    if (program == null) {
      return Optional.of(FieldError.invalid(place(path), type, "rule compile error: " + problem));
    }
    Map<String, Object> bindings = new HashMap<>();
    bindings.put("self", value);
    switch (rule.before()) {
      case UNUSED -> {}
      case NEEDED -> {
        if (before != null) {
          bindings.put("oldSelf", before);
        }
      }
      case OPTIONAL ->
          bindings.put("oldSelf", before == null ? Maybe.NONE : Maybe.of(Values.of(before, shape)));
    }
    if (Boolean.TRUE.equals(program.evaluate(bindings, budget))) {
      return Optional.empty();
    }
    return Optional.of(error(path, value, message(bindings, budget)));
  }

  private String message(Map<String, Object> bindings, CelBudget budget) {
    if (messages != null) {
      try {
        if (messages.evaluate(bindings, budget) instanceof String text
            && !text.isBlank()
            && text.indexOf('\n') < 0
            && text.length() <= 5 * 1024) {
          return text.strip();
        }
      } catch (CelEvaluationException e) {
        if (e.reason() == Reason.BUDGET) {
          throw e;
        }
      }
    }
    return rule.shownMessage();
  }

  /// An object or a list is not shown.
  private FieldError error(String path, JsonNode value, String message) {
    String place = place(path + rule.fieldPath());
    boolean shows = !type.equals("object") && !type.equals("array");
    Object shown = Violations.shown(value);
    return switch (rule.reason()) {
      case "FieldValueForbidden" -> FieldError.forbidden(place, message);
      case "FieldValueRequired" -> FieldError.required(place, message);
      case "FieldValueDuplicate" ->
          shows
              ? FieldError.duplicate(place, shown)
              : new FieldError(FieldError.Type.DUPLICATE, place, "Duplicate value");
      default ->
          shows
              ? FieldError.invalid(place, shown, message)
              : new FieldError(FieldError.Type.INVALID, place, "Invalid value: " + message);
    };
  }

  /// How a rule without an answer is told.
  FieldError failure(CelEvaluationException e, String path) {
    String words = String.valueOf(e.getMessage());
    String message =
        switch (e.reason()) {
          case BUDGET -> words;
          case CALL_LIMIT ->
              "'"
                  + words
                  + "': no further validation rules will be run due to call cost exceeds limit for"
                  + " rule: "
                  + rule.name();
          case NO_SUCH_OVERLOAD ->
              "'"
                  + words
                  + "': call arguments did not match a supported operator, function or macro"
                  + " signature for rule: "
                  + rule.name();
          case FAILED -> words + " evaluating rule: " + rule.name();
        };
    return FieldError.invalid(place(path), type, message);
  }

  private static String place(String path) {
    String plain = path.startsWith(".") ? path.substring(1) : path;
    return plain.isEmpty() ? "<nil>" : plain;
  }
}
