package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.JsonShapes;
import dev.drydock.apiserver.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether the expressions in the schema of a definition are any.
final class RuleChecks {
  private static final Set<String> REASONS =
      Set.of(
          "FieldValueRequired", "FieldValueForbidden", "FieldValueInvalid", "FieldValueDuplicate");
  private static final List<String> REASONS_IN_ORDER =
      List.of(
          "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired", "FieldValueDuplicate");

  private final CelEnvironment environment = new CelEnvironment();
  private final RuleCosts costs = new RuleCosts();
  private final List<FieldError> errors = new ArrayList<>();

  private RuleChecks() {}

  /// @param place where the schema stands
  static List<FieldError> check(ObjectNode schema, String place) {
    SchemaNode root = SchemaNode.parse(schema);
    if (!RuleSet.holdsRules(root)) {
      return List.of();
    }
    var checks = new RuleChecks();
    checks.walk(root, place, RuleCompiler.Place.RESOURCE, RuleCosts.ONCE);
    checks.costs.checkTotal(place, checks.errors);
    return checks.errors;
  }

  /// @param times how often the value can be there; [RuleCosts#OFTEN]: nothing limits it
  private void walk(@Nullable SchemaNode node, String at, RuleCompiler.Place place, long times) {
    if (node == null || !RuleSet.holdsRules(node)) {
      return;
    }
    if (!node.rules().isEmpty()) {
      rules(node, at + ".x-kubernetes-validations", place, times);
    }
    RuleCompiler.Place part = RuleCompiler.Place.PART;
    node.properties()
        .forEach((name, each) -> walk(each, at + ".properties[" + name + "]", part, times));
    long entries = RuleCosts.among(times, node.source().path("maxProperties"));
    walk(node.additional(), at + ".additionalProperties", part, entries);
    long items = RuleCosts.among(times, node.source().path("maxItems"));
    walk(node.items(), at + ".items", part, items);
  }

  private void rules(SchemaNode node, String at, RuleCompiler.Place place, long times) {
    long most = times == RuleCosts.OFTEN ? JsonShapes.mostInRequest(node.source()) : times;
    List<CompiledRule> compiled = RuleCompiler.compile(node, place, environment);
    for (int i = 0; i < compiled.size(); i++) {
      String here = at + "[" + i + "]";
      JsonNode given = node.rules().get(i);
      if (given.path("rule").stringValue("").isBlank()) {
        errors.add(FieldError.required(here + ".rule", "rule is not specified"));
        continue;
      }
      texts(given, here);
      costs.check(compiled.get(i), most, here, errors);
      expressions(compiled.get(i), given, here);
    }
  }

  private void expressions(CompiledRule rule, JsonNode given, String here) {
    CelProgram program = rule.program();
    if (!rule.problem().isEmpty()) {
      String field = program == null ? ".rule" : ".messageExpression";
      errors.add(FieldError.invalid(here + field, given, rule.problem()));
      return;
    }
    if (program != null && !program.resultType().equals("bool")) {
      errors.add(
          FieldError.invalid(here + ".rule", given, "cel expression must evaluate to a bool"));
    }
    CelProgram messages = rule.messages();
    if (messages != null && !messages.resultType().equals("string")) {
      errors.add(
          FieldError.invalid(
              here + ".messageExpression", given, "messageExpression must evaluate to a string"));
    }
    if (given.path("optionalOldSelf").booleanValue(false) && !rule.isTransition()) {
      errors.add(
          FieldError.invalid(
              here + ".optionalOldSelf",
              true,
              "may not be set to true if oldSelf is not used in rule"));
    }
  }

  private void texts(JsonNode given, String here) {
    String message = given.path("message").stringValue("");
    boolean blank = given.has("message") && message.isBlank();
    if (blank) {
      errors.add(
          FieldError.invalid(here + ".message", message, "message must be non-empty if specified"));
    } else if (message.strip().indexOf('\n') >= 0) {
      errors.add(
          FieldError.invalid(here + ".message", message, "message must not contain line breaks"));
    } else if (message.length() > 2048) {
      errors.add(
          FieldError.invalid(
              here + ".message",
              message.substring(0, 10) + "...",
              "message must have a maximum" + " length of 2048 characters"));
    }
    String rule = given.path("rule").stringValue("");
    if (rule.strip().indexOf('\n') >= 0
        && message.isEmpty()
        && given.path("messageExpression").stringValue("").isEmpty()) {
      errors.add(
          FieldError.required(
              here + ".message", "message must be specified if rule contains line breaks"));
    }
    String reason = given.path("reason").stringValue("");
    if (!reason.isEmpty() && !REASONS.contains(reason)) {
      errors.add(FieldError.notSupported(here + ".reason", reason, REASONS_IN_ORDER));
    }
  }
}
