package dev.drydock.apiserver.matching;

import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// The `matchConditions` of a webhook or policy, compiled.
public final class Conditions {
  /// None.
  public static final Conditions NONE = new Conditions(List.of());

  private final List<Condition> conditions;

  /// @param program null-free: a condition that does not compile is a failure
  private record Condition(String name, CelProgram program) {}

  /// What they say.
  public sealed interface Outcome {
    record Holds() implements Outcome {}

    /// @param condition name of the first that does not hold
    record Fails(String condition) implements Outcome {}

    record Failed(String message) implements Outcome {}
  }

  private Conditions(List<Condition> conditions) {
    this.conditions = List.copyOf(conditions);
  }

  /// @param scope asked for only when there are conditions
  public static Conditions of(JsonNode list, Supplier<CelScope> scope) throws CelCompileException {
    if (list.isEmpty()) {
      return NONE;
    }
    CelScope compiling = scope.get();
    List<Condition> all = new ArrayList<>();
    for (JsonNode condition : list) {
      all.add(
          new Condition(
              condition.path("name").stringValue(""),
              compiling.compile(condition.path("expression").stringValue(""))));
    }
    return new Conditions(all);
  }

  public boolean isEmpty() {
    return conditions.isEmpty();
  }

  /// One that does not hold decides, whatever fails besides.
  public Outcome evaluate(Map<String, ?> bindings) {
    var budget = new CelBudget(CelBudget.MATCH_CONDITIONS);
    List<String> errors = new ArrayList<>();
    for (Condition condition : conditions) {
      try {
        if (!Boolean.TRUE.equals(condition.program().evaluate(bindings, budget))) {
          return new Outcome.Fails(condition.name());
        }
      } catch (CelEvaluationException e) {
        errors.add(
            "[expression '"
                + condition.program().source()
                + "' resulted in error: "
                + e.getMessage()
                + "]");
      }
    }
    return errors.isEmpty() ? new Outcome.Holds() : new Outcome.Failed(String.join(", ", errors));
  }
}
