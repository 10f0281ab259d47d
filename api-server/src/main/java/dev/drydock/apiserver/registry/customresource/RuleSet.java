package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.CelEvaluationException.Reason;
import dev.drydock.apiserver.schema.ListTypes;
import dev.drydock.apiserver.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The expressions of a schema (`x-kubernetes-validations`), compiled when the first object comes
/// to be checked.
final class RuleSet implements CustomResourceStrategy.Rules {
  private final SchemaNode root;
  private final CelEnvironment environment;
  private final boolean hasRules;
  private volatile @Nullable Map<SchemaNode, List<CompiledRule>> compiled;

  private RuleSet(SchemaNode root, CelEnvironment environment) {
    this.root = root;
    this.environment = environment;
    this.hasRules = holdsRules(root);
  }

  static CustomResourceStrategy.Rules of(SchemaNode root, CelEnvironment environment) {
    var rules = new RuleSet(root, environment);
    return rules.hasRules ? rules : NONE;
  }

  static boolean holdsRules(@Nullable SchemaNode node) {
    return node != null
        && (!node.rules().isEmpty()
            || node.properties().values().stream().anyMatch(RuleSet::holdsRules)
            || holdsRules(node.additional())
            || holdsRules(node.items()));
  }

  @Override
  public List<FieldError> check(ObjectNode object, @Nullable ObjectNode before) {
    Map<SchemaNode, List<CompiledRule>> rules = compiled;
    if (rules == null) {
      rules = new HashMap<>();
      compile(root, RuleCompiler.Place.RESOURCE, rules);
      compiled = rules;
    }
    var run = new Run(rules, new CelBudget(CelBudget.PER_OBJECT));
    try {
      run.walk(object, before, root, "");
    } catch (CelEvaluationException exhausted) {
      run.errors.add(FieldError.invalid("<nil>", "", exhausted.getMessage() + ""));
    }
    return run.errors;
  }

  private void compile(
      @Nullable SchemaNode node,
      RuleCompiler.Place place,
      Map<SchemaNode, List<CompiledRule>> into) {
    if (node == null || !holdsRules(node)) {
      return;
    }
    if (!node.rules().isEmpty()) {
      into.put(node, RuleCompiler.compile(node, place, environment));
    }
    node.properties().values().forEach(part -> compile(part, RuleCompiler.Place.PART, into));
    compile(node.additional(), RuleCompiler.Place.PART, into);
    compile(node.items(), RuleCompiler.Place.PART, into);
  }

  /// One look at one object. Ends early when the budget is used up.
  private static final class Run {
    private final Map<SchemaNode, List<CompiledRule>> rules;
    private final CelBudget budget;
    private final List<FieldError> errors = new ArrayList<>();

    Run(Map<SchemaNode, List<CompiledRule>> rules, CelBudget budget) {
      this.rules = rules;
      this.budget = budget;
    }

    void walk(JsonNode value, @Nullable JsonNode before, @Nullable SchemaNode schema, String path) {
      if (schema == null || value.isNull()) {
        return;
      }
      for (CompiledRule rule : rules.getOrDefault(schema, List.of())) {
        rule(rule, value, before, path);
      }
      if (value instanceof ObjectNode object) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
          JsonNode old = before == null ? null : before.get(entry.getKey());
          String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
          boolean named = schema.properties().containsKey(entry.getKey());
          String place = named ? at : path + "[" + entry.getKey() + "]";
          walk(entry.getValue(), old, schema.property(entry.getKey()), place);
        }
      } else if (value instanceof ArrayNode array) {
        for (int i = 0; i < array.size(); i++) {
          JsonNode old = ListTypes.counterpart(array.get(i), before, schema);
          walk(array.get(i), old, schema.items(), path + "[" + i + "]");
        }
      }
    }

    private void rule(CompiledRule rule, JsonNode value, @Nullable JsonNode before, String path) {
      boolean unchanged = before != null && before.equals(value);
      // What was there before the rule is left alone until it changes.
      if (rule.isTransition() ? rule.skips(before) : unchanged) {
        return;
      }
      try {
        rule.check(value, before, path, budget).ifPresent(errors::add);
      } catch (CelEvaluationException e) {
        if (e.reason() == Reason.BUDGET) {
          throw e;
        }
        errors.add(rule.failure(e, path));
      }
    }
  }
}
