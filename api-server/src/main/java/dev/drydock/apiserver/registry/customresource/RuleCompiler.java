package dev.drydock.apiserver.registry.customresource;

import dev.drydock.apiserver.cel.CelCompileException;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.CelScope;
import dev.drydock.apiserver.cel.JsonShapes;
import dev.drydock.apiserver.cel.value.Shape;
import dev.drydock.apiserver.registry.customresource.CompiledRule.Before;
import dev.drydock.apiserver.registry.customresource.CompiledRule.Rule;
import dev.drydock.apiserver.schema.SchemaNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Makes the rules of one place of a schema ready to run.
final class RuleCompiler {
  private static final Pattern USES_BEFORE = Pattern.compile("(?<![\\w.'\"])oldSelf\\b");

  /// What the place is.
  enum Place {
    RESOURCE,
    PART
  }

  private RuleCompiler() {}

  /// One for each rule, also for those that are none.
  static List<CompiledRule> compile(SchemaNode node, Place place, CelEnvironment environment) {
    Shape shape =
        JsonShapes.of(
                node.source(),
                place == Place.RESOURCE ? JsonShapes.Place.RESOURCE : JsonShapes.Place.FIELD,
                "object")
            .orElse(Shape.DYN);
    String type = node.type().isEmpty() ? "object" : node.type();
    var scopes = new HashMap<Before, CelScope>();
    var rules = new ArrayList<CompiledRule>();
    for (JsonNode given : node.rules()) {
      Rule rule = rule(given);
      CelScope scope =
          scopes.computeIfAbsent(
              rule.before(), before -> environment.scope(variables(before, shape)));
      rules.add(compiled(rule, given, type, shape, scope));
    }
    return rules;
  }

  private static CompiledRule compiled(
      Rule rule, JsonNode given, String type, Shape shape, CelScope scope) {
    CelProgram program = null;
    CelProgram messages = null;
    String problem = "";
    try {
      program = scope.compile(rule.text());
    } catch (CelCompileException e) {
      problem = e.problem();
    }
    String text = given.path("messageExpression").stringValue("");
    if (!text.isEmpty() && program != null) {
      try {
        messages = scope.compile(text);
      } catch (CelCompileException e) {
        problem = "messageExpression " + e.stage().text() + " failed: " + e.getMessage();
      }
    }
    return new CompiledRule(rule, type, shape, program, messages, problem);
  }

  private static Map<String, Shape> variables(Before before, Shape shape) {
    return switch (before) {
      case UNUSED -> Map.of("self", shape);
      case NEEDED -> Map.of("self", shape, "oldSelf", shape);
      case OPTIONAL -> Map.of("self", shape, "oldSelf", Shape.DYN);
    };
  }

  /// Whether an expression looks at the state before.
  static boolean usesBefore(String expression) {
    return USES_BEFORE.matcher(expression).find();
  }

  private static Rule rule(JsonNode given) {
    String text = given.path("rule").stringValue("");
    String messages = given.path("messageExpression").stringValue("");
    boolean uses = usesBefore(text) || usesBefore(messages);
    Before before =
        !uses
            ? Before.UNUSED
            : given.path("optionalOldSelf").booleanValue(false) ? Before.OPTIONAL : Before.NEEDED;
    return new Rule(
        text,
        given.path("message").stringValue(""),
        given.path("reason").stringValue(""),
        given.path("fieldPath").stringValue(""),
        before);
  }
}
