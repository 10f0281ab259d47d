package dev.drydock.apiserver.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.drydock.apiserver.cel.plan.Frame;
import dev.drydock.apiserver.cel.plan.Planner;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Meter;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.cel.value.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A compiled expression. Immutable; many threads may evaluate it at once.
public final class CelProgram {
  private final String source;
  private final CelAbstractSyntaxTree tree;
  private final Planner.Plan plan;
  private final Map<String, Shape> variables;

  CelProgram(
      String source, CelAbstractSyntaxTree tree, Planner.Plan plan, Map<String, Shape> variables) {
    this.source = source;
    this.tree = tree;
    this.plan = plan;
    this.variables = variables;
  }

  /// The expression as it was written.
  public String source() {
    return source;
  }

  /// The type of its value as CEL names it: `bool`, `string`, `list(string)`, `dyn`.
  public String resultType() {
    return CelTypes.name(tree.getResultType());
  }

  /// What one evaluation can cost at most, as the sizes in the variables' shapes allow;
  /// [Long#MAX_VALUE] when nothing limits it.
  public long largestCost() {
    return CostEstimator.estimate(tree, variables);
  }

  /// The value: Boolean, Long, Double, String, List, Map, or one of the values of
  /// [dev.drydock.apiserver.cel.value]. [Values#toJson(Object)] turns any into JSON.
  ///
  /// @param bindings by variable: JSON trees, which nobody may change meanwhile, or values
  /// @throws CelEvaluationException when there is no value or the
  ///     budget is used up
  public Object evaluate(Map<String, ?> bindings, CelBudget budget) {
    var meter = new Meter(CelBudget.PER_CALL);
    Object value;
    try {
      value = plan.root().evaluate(new Frame(plan.slots(), name -> bound(bindings, name), meter));
    } catch (StackOverflowError e) {
      throw CelEvaluationException.failed("expression is nested too deeply");
    } finally {
      budget.charge(meter);
    }
    return value;
  }

  private @Nullable Object bound(Map<String, ?> bindings, String name) {
    Object value = bindings.get(name);
    return value instanceof JsonNode node
        ? Values.of(node, variables.getOrDefault(name, Shape.DYN))
        : value;
  }
}
