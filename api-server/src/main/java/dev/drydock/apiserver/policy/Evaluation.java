package dev.drydock.apiserver.policy;

import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.matching.Attempt;
import dev.drydock.apiserver.matching.CelVariables;
import dev.drydock.apiserver.matching.Conditions;
import dev.drydock.apiserver.matching.ReviewRequest;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// One policy looks at one write with one set of parameters. Its variables are evaluated when
/// they are first used.
final class Evaluation {
  private final Policy policy;
  private final CelBudget budget = new CelBudget(CelBudget.PER_OBJECT);
  private final Map<String, Object> bindings;

  Evaluation(PolicySet.Matched matched, Attempt attempt, JsonNode params, PolicySet.Means means) {
    this.policy = matched.bound().policy();
    Attempt seen = means.surroundings().shown(attempt, matched.shown());
    this.bindings = new HashMap<>(CelVariables.authorizer(attempt, means.authorizer()));
    bindings.put("object", seen.objectNode());
    bindings.put("oldObject", seen.beforeNode());
    bindings.put("request", ReviewRequest.of(seen, matched.shown()));
    bindings.put("params", params);
    bindings.put("namespaceObject", namespace(attempt, means));
    bindings.put("variables", new Variables());
  }

  private static JsonNode namespace(Attempt attempt, PolicySet.Means means) {
    String name = attempt.target().namespace();
    Optional<ObjectNode> found =
        name.isEmpty() || attempt.isNamespace()
            ? Optional.empty()
            : means.surroundings().namespace(name);
    return found.isPresent() ? found.get() : JsonNodeFactory.instance.nullNode();
  }

  Conditions.Outcome conditions() {
    return policy.conditions().evaluate(bindings);
  }

  /// @throws CelEvaluationException when there is no value
  Object value(CelProgram program) {
    return program.evaluate(bindings, budget);
  }

  /// The variables by name.
  private final class Variables extends AbstractMap<Object, Object> {
    private final Map<String, Object> known = new HashMap<>();

    @Override
    public @Nullable Object get(@Nullable Object key) {
      CelProgram program = policy.variables().get(String.valueOf(key));
      if (program == null) {
        return null;
      }
      Object value = known.get(String.valueOf(key));
      if (value == null) {
        value = evaluated(program, String.valueOf(key));
        known.put(String.valueOf(key), value);
      }
      return value;
    }

    private Object evaluated(CelProgram program, String name) {
      try {
        return program.evaluate(bindings, budget);
      } catch (CelEvaluationException e) {
        if (e.reason() == CelEvaluationException.Reason.FAILED
            || e.reason() == CelEvaluationException.Reason.NO_SUCH_OVERLOAD) {
          throw new CelEvaluationException(
              e.reason(),
              "composited variable \"" + name + "\" fails to evaluate: " + e.getMessage());
        }
        throw e;
      }
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
      return policy.variables().containsKey(String.valueOf(key));
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      Map<Object, Object> all = new HashMap<>();
      policy.variables().keySet().forEach(name -> all.put(name, String.valueOf(get(name))));
      return all.entrySet();
    }
  }
}
