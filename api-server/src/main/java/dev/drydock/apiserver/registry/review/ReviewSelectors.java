package dev.drydock.apiserver.registry.review;

import dev.drydock.api.status.FieldError;
import dev.drydock.apiserver.access.AskedSelectors;
import dev.drydock.apiserver.registry.strategy.Trees;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The selectors in questions about authority.
final class ReviewSelectors {
  private ReviewSelectors() {}

  static List<FieldError> check(JsonNode spec) {
    List<FieldError> wrong = new ArrayList<>();
    for (String name : List.of("fieldSelector", "labelSelector")) {
      String path = "spec.resourceAttributes." + name;
      JsonNode selector = Trees.at(spec, "resourceAttributes", name);
      if (selector.isMissingNode()) {
        continue;
      }
      String raw = Trees.text(selector, "rawSelector");
      boolean listed = Trees.isFilled(selector, "requirements");
      if (!raw.isEmpty() && listed) {
        wrong.add(
            FieldError.invalid(
                path + ".rawSelector", raw, "may not specified at the same time as requirements"));
      } else if (raw.isEmpty() && !listed) {
        wrong.add(
            FieldError.required(
                path + ".requirements",
                "when " + path + " is specified, requirements or rawSelector is required"));
      }
      int index = 0;
      for (JsonNode requirement : Trees.at(selector, "requirements")) {
        check(requirement, path + ".requirements[" + index++ + "]", wrong);
      }
    }
    return wrong;
  }

  private static void check(JsonNode requirement, String path, List<FieldError> wrong) {
    if (Trees.text(requirement, "key").isEmpty()) {
      wrong.add(FieldError.required(path + ".key", "must be specified"));
    }
    boolean values = Trees.isFilled(requirement, "values");
    switch (Trees.text(requirement, "operator")) {
      case "In", "NotIn" -> {
        if (!values) {
          wrong.add(
              FieldError.required(
                  path + ".values", "must be specified when `operator` is 'In' or 'NotIn'"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values) {
          wrong.add(
              FieldError.forbidden(
                  path + ".values",
                  "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
        }
      }
      default ->
          wrong.add(
              FieldError.invalid(
                  path + ".operator",
                  Trees.text(requirement, "operator"),
                  "not a valid selector operator"));
    }
  }

  /// What is told of a selector that could not be read as a whole; empty: nothing.
  static String problem(String name, AskedSelectors.Completeness completeness) {
    String which = "spec.resourceAttributes." + name;
    return switch (completeness) {
      case ALL -> "";
      case PART -> which + " partially ignored due to parse error";
      case NOTHING -> which + " ignored due to parse error";
    };
  }
}
