package dev.drydock.apiserver.registry.customresource;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the fields must be like that the `scale` sub-resource of a custom resource shows.
///
/// Source: the messages are those of apiextensions' validator, which are those of its accessors.
///
/// @param counts paths of the numbers of replicas, as the definition writes them: `.spec.size`
/// @param selectors paths of the selector, if there is one
record ScaleRules(List<String> counts, List<String> selectors) {
  /// Without a `scale`.
  static final ScaleRules NONE = new ScaleRules(List.of(), List.of());

  ScaleRules {
    counts = List.copyOf(counts);
    selectors = List.copyOf(selectors);
  }

  /// @param scale of a version of a definition
  static ScaleRules of(JsonNode scale) {
    if (!scale.isObject()) {
      return NONE;
    }
    String selector = Trees.text(scale, "labelSelectorPath");
    return new ScaleRules(
        List.of(Trees.text(scale, "specReplicasPath"), Trees.text(scale, "statusReplicasPath")),
        selector.isEmpty() ? List.of() : List.of(selector));
  }

  List<FieldError> check(ObjectNode object) {
    var errors = new ArrayList<FieldError>();
    counts.forEach(path -> checkCount(object, path, errors));
    for (String path : selectors) {
      Found found = find(object, path);
      String problem = found.problem().isEmpty() ? found.unless("string") : found.problem();
      if (!problem.isEmpty()) {
        errors.add(FieldError.invalid(path, "", problem));
      }
    }
    return errors;
  }

  private static void checkCount(ObjectNode object, String path, List<FieldError> errors) {
    Found found = find(object, path);
    String problem = found.problem().isEmpty() ? found.unless("int64") : found.problem();
    if (!problem.isEmpty()) {
      errors.add(FieldError.invalid(path, 0, problem));
      return;
    }
    long count = found.value().asLong(0);
    if (count < 0) {
      errors.add(FieldError.invalid(path, count, "should be a non-negative integer"));
    } else if (count > Integer.MAX_VALUE) {
      errors.add(
          FieldError.invalid(path, count, "should be less than or equal to " + Integer.MAX_VALUE));
    }
  }

  /// @param value missing: there is nothing
  /// @param at the path that led there
  /// @param problem what is in its way; empty: nothing
  private record Found(JsonNode value, String at, String problem) {
    String unless(String type) {
      return value.isMissingNode() || goType(value).equals(type)
          ? ""
          : accessorError(at, value, type);
    }
  }

  private static Found find(JsonNode object, String path) {
    JsonNode at = object;
    String passed = "";
    for (String step : path.substring(1).split("\\.", -1)) {
      if (at.isMissingNode() || (at.isNull() && !passed.isEmpty())) {
        return new Found(at.path(step), path, "");
      }
      if (!at.isObject()) {
        return new Found(
            at, passed, accessorError(passed + "." + step, at, "map[string]interface{}"));
      }
      at = at.path(step);
      passed += "." + step;
    }
    return new Found(at, passed, "");
  }

  private static String accessorError(String path, JsonNode value, String type) {
    return path
        + " accessor error: "
        + (value.isNull() ? "<nil>" : value.asString(value.toString()))
        + " is of the type "
        + goType(value)
        + ", expected "
        + type;
  }

  private static String goType(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING, BINARY -> "string";
      case BOOLEAN -> "bool";
      case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
      case ARRAY -> "[]interface {}";
      case OBJECT, POJO -> "map[string]interface {}";
      case NULL, MISSING -> "<nil>";
    };
  }
}
