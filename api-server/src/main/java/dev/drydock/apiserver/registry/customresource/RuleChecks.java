package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.cel.CelEnvironment;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.JsonShapes;
import dev.drydock.apiserver.registry.strategy.InnerForm;
import dev.drydock.apiserver.schema.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Whether the expressions in the schema of a definition are any.
final class RuleChecks {
  private static final List<String> REASONS =
      List.of(
          "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired");
  private final CelEnvironment environment = new CelEnvironment();
  private final RuleCosts costs = new RuleCosts();
  private final List<FieldError> others;
  private final List<FieldError> unsaid = new ArrayList<>();
  private final List<FieldError> errors = new ArrayList<>();

  private RuleChecks(List<FieldError> others) {
    this.others = others;
  }

  /// What the rules of a schema say of its defaults.
  static List<FieldError> ofDefaults(SchemaNode schema, String place) {
    var found = new ArrayList<FieldError>();
    if (RuleSet.holdsRules(schema)) {
      ofDefaults(schema, place, found);
    }
    return found;
  }

  private static void ofDefaults(@Nullable SchemaNode schema, String place, List<FieldError> into) {
    if (schema == null) {
      return;
    }
    JsonNode given = schema.defaultValue();
    if (given != null && !given.isNull() && RuleSet.holdsRules(schema)) {
      // Rules about changes are asked whether the default may stay.
      Stream.of(
              RuleSet.errors(schema, given, null, place + ".default"),
              RuleSet.errors(schema, given, given, place + ".default"))
          .flatMap(List::stream)
          .distinct()
          .forEach(into::add);
    }
    ofDefaults(schema.items(), place + ".items", into);
    schema
        .properties()
        .forEach((name, part) -> ofDefaults(part, place + ".properties[" + name + "]", into));
  }

  /// @param place where the schema stands
  /// @param others what else is wrong with the schema
  static List<FieldError> check(ObjectNode schema, String place, List<FieldError> others) {
    SchemaNode root = SchemaNode.parse(schema);
    if (!RuleSet.holdsRules(root)) {
      return List.of();
    }
    var checks = new RuleChecks(others);
    checks.walk(root, new Spot(place, RuleCompiler.Place.RESOURCE, RuleCosts.ONCE, ""));
    checks.costs.checkTotal(place, checks.errors);
    return Stream.of(checks.unsaid, checks.errors).flatMap(List::stream).toList();
  }

  /// Where a schema stands.
  ///
  /// @param times how often the value can be there; [RuleCosts#OFTEN]: nothing limits it
  /// @param uncorrelated the schema within which values before and after have nothing to do with
  ///     each other; empty: none
  private record Spot(String at, RuleCompiler.Place place, long times, String uncorrelated) {

    Spot part(String step, long times, boolean correlated) {
      String lost = correlated || !uncorrelated.isEmpty() ? uncorrelated : at;
      return new Spot(at + step, RuleCompiler.Place.PART, times, lost);
    }
  }

  /// Expressions are looked at where all that stands below and beside them can be said.
  private void walk(@Nullable SchemaNode node, Spot spot) {
    if (node == null || !RuleSet.holdsRules(node)) {
      return;
    }
    int before = unsaid.size();
    below(node, spot);
    texts(node, spot.at() + ".x-kubernetes-validations");
    boolean isSound = others.stream().noneMatch(each -> each.field().startsWith(spot.at() + "."));
    if (isSound && unsaid.size() == before && !node.rules().isEmpty()) {
      rules(node, spot);
    }
  }

  private void below(SchemaNode node, Spot spot) {
    long times = spot.times();
    boolean granular = !node.mapType().equals("atomic");
    node.properties()
        .forEach(
            (name, each) -> walk(each, spot.part(".properties[" + name + "]", times, granular)));
    long entries = RuleCosts.among(times, node.source().path("maxProperties"));
    walk(node.additional(), spot.part(".additionalProperties", entries, true));
    long items = RuleCosts.among(times, node.source().path("maxItems"));
    walk(node.items(), spot.part(".items", items, node.listType().equals("map")));
  }

  private void rules(SchemaNode node, Spot spot) {
    String at = spot.at() + ".x-kubernetes-validations";
    RuleCompiler.Place place = spot.place();
    long times = spot.times();
    long most = times == RuleCosts.OFTEN ? JsonShapes.mostInRequest(node.source()) : times;
    List<CompiledRule> compiled = RuleCompiler.compile(node, place, environment);
    for (int i = 0; i < compiled.size(); i++) {
      String here = at + "[" + i + "]";
      CelProgram program = compiled.get(i).program();
      if (program != null && program.resultType().equals("bool")) {
        costs.check(program, most, here + ".rule", errors);
      }
      expressions(compiled.get(i), node.rules().get(i), here, spot.uncorrelated());
    }
  }

  private void expressions(CompiledRule rule, JsonNode given, String here, String uncorrelated) {
    String text = given.path("rule").stringValue("");
    CelProgram program = rule.program();
    boolean isRule = program != null && program.resultType().equals("bool");
    if (program == null) {
      errors.add(FieldError.invalid(here + ".rule", shown(given), rule.problem()));
    } else if (!isRule) {
      errors.add(
          FieldError.invalid(
              here + ".rule", shown(given), "cel expression must evaluate to a bool"));
    } else {
      messages(rule, given, here + ".messageExpression");
    }
    boolean usesBefore = isRule && RuleCompiler.usesBefore(text);
    if (usesBefore && !uncorrelated.isEmpty()) {
      errors.add(
          FieldError.invalid(
              here + ".rule",
              text,
              "oldSelf cannot be used on the uncorrelatable portion of the schema within "
                  + uncorrelated));
    } else if (given.has("optionalOldSelf") && !usesBefore) {
      errors.add(
          FieldError.invalid(
              here + ".optionalOldSelf",
              given.path("optionalOldSelf"),
              "may not be set if oldSelf is not used in rule"));
    }
  }

  private void messages(CompiledRule rule, JsonNode given, String at) {
    CelProgram messages = rule.messages();
    if (!rule.problem().isEmpty()) {
      errors.add(FieldError.invalid(at, shown(given), rule.problem()));
    } else if (messages != null && !messages.resultType().equals("string")) {
      errors.add(
          FieldError.invalid(at, shown(given), "messageExpression must evaluate to a string"));
    } else if (messages != null) {
      costs.checkMessages(messages, at, errors);
    }
  }

  private static InnerForm shown(JsonNode rule) {
    return new InnerForm(DefinitionForm.rule(rule));
  }

  private void texts(SchemaNode node, String at) {
    for (int i = 0; i < node.rules().size(); i++) {
      JsonNode given = node.rules().get(i);
      String here = at + "[" + i + "]";
      texts(given, here);
      fieldPath(node, given.path("fieldPath").stringValue(""), here + ".fieldPath");
    }
  }

  private void texts(JsonNode given, String here) {
    String rule = given.path("rule").stringValue("").strip();
    String message = given.path("message").stringValue("");
    if (rule.isEmpty()) {
      unsaid.add(FieldError.required(here + ".rule", "rule is not specified"));
    } else if (!message.isEmpty() && message.isBlank()) {
      unsaid.add(FieldError.invalid(here + ".message", message, "must be non-empty if specified"));
    } else if (hasLineBreaks(message.strip())) {
      unsaid.add(FieldError.invalid(here + ".message", message, "must not contain line breaks"));
    } else if (hasLineBreaks(rule) && message.isBlank()) {
      unsaid.add(
          FieldError.required(
              here + ".message", "message must be specified if rule contains line breaks"));
    }
    String expression = given.path("messageExpression").stringValue("");
    if (!expression.isEmpty() && expression.isBlank()) {
      unsaid.add(
          FieldError.required(
              here + ".messageExpression", "messageExpression must be non-empty if specified"));
    }
    String reason = given.path("reason").stringValue("");
    if (given.has("reason") && !REASONS.contains(reason)) {
      unsaid.add(FieldError.notSupported(here + ".reason", reason, REASONS));
    }
  }

  private void fieldPath(SchemaNode node, String path, String place) {
    if (path.isEmpty()) {
      return;
    }
    if (path.isBlank()) {
      unsaid.add(FieldError.invalid(place, path, "must be non-empty if specified"));
    }
    if (hasLineBreaks(path)) {
      unsaid.add(FieldError.invalid(place, path, "must not contain line breaks"));
    }
    if (!SchemaPaths.find(node, path, SchemaPaths.Notation.ANY).problem().isEmpty()) {
      unsaid.add(FieldError.invalid(place, path, "must be a valid path"));
    }
  }

  private static boolean hasLineBreaks(String text) {
    return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
  }
}
