package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.CelEvaluationException.Reason;
import dev.drydock.apiserver.registry.strategy.Violations;
import dev.drydock.apiserver.schema.ListTypes;
import dev.drydock.apiserver.schema.SchemaNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    return new RuleSet(root, environment);
  }

  @Override
  public boolean isEmpty() {
    return !hasRules;
  }

  static boolean holdsRules(@Nullable SchemaNode node) {
    return node != null
        && (!node.rules().isEmpty()
            || node.properties().values().stream().anyMatch(RuleSet::holdsRules)
            || holdsRules(node.additional())
            || holdsRules(node.items()));
  }

  /// What the rules say of a value that came to be as an object's part comes to be.
  ///
  /// @param before null: nothing was there
  static List<FieldError> errors(
      SchemaNode schema, JsonNode value, @Nullable JsonNode before, String place) {
    var rules = new RuleSet(schema, new CelEnvironment());
    Map<SchemaNode, List<CompiledRule>> compiled = new HashMap<>();
    rules.compile(schema, RuleCompiler.Place.PART, compiled);
    var found = new Violations(_ -> {});
    new Run(compiled, new CelBudget(CelBudget.PER_OBJECT), found)
        .walk(value, before, schema, place);
    return found.errors();
  }

  @Override
  public void check(ObjectNode object, @Nullable ObjectNode before, Violations found) {
    Map<SchemaNode, List<CompiledRule>> rules = compiled;
    if (rules == null) {
      rules = new HashMap<>();
      compile(root, RuleCompiler.Place.RESOURCE, rules);
      compiled = rules;
    }
    new Run(rules, new CelBudget(CelBudget.PER_OBJECT), found).walk(object, before, root, "");
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
    private final Violations found;
    private boolean exhausted;

    Run(Map<SchemaNode, List<CompiledRule>> rules, CelBudget budget, Violations found) {
      this.rules = rules;
      this.budget = budget;
      this.found = found;
    }

    void walk(JsonNode value, @Nullable JsonNode before, @Nullable SchemaNode schema, String path) {
      if (schema == null || value.isNull() || exhausted) {
        return;
      }
      for (CompiledRule rule : rules.getOrDefault(schema, List.of())) {
        if (!exhausted) {
          rule(rule, value, before, path);
        }
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
      if (rule.skips(before)) {
        return;
      }
      try {
        Optional<FieldError> error = rule.check(value, before, path, budget);
        // What was there before the rule is left alone until it changes.
        boolean tolerated = !rule.isTransition() && value.equals(before);
        if (error.isPresent() && tolerated) {
          found.warn(error.get().toString());
        } else {
          error.ifPresent(found::add);
        }
      } catch (CelEvaluationException e) {
        exhausted = e.reason() == Reason.BUDGET || e.reason() == Reason.CALL_LIMIT;
        found.add(rule.failure(e, path));
      }
    }
  }
}
