package dev.drydock.api.selector;

import dev.drydock.api.selector.Requirement.Operator;
import dev.drydock.api.status.ApiException;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Which labels to accept: all requirements must hold.
///
/// @param requirements sorted by key
public record LabelSelector(List<Requirement> requirements) {
  /// Accepts every object.
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  /// Accepts no object.
  public static final LabelSelector NOTHING =
      new LabelSelector(List.of(new Requirement("", Operator.IN, List.of())));

  public LabelSelector {
    requirements = requirements.stream().sorted(Comparator.comparing(Requirement::key)).toList();
  }

  /// From the syntax of URLs and command lines: `a=b,c!=d,e in (x,y),!f,g,h>1`.
  ///
  /// @throws ApiException bad request, with Kubernetes' text
  public static LabelSelector parse(String text) {
    return text.isBlank() ? EVERYTHING : new LabelSelectorParser(text).parse();
  }

  /// Accepts objects that have all these labels.
  public static LabelSelector ofLabels(Map<String, String> labels) {
    return labels.isEmpty() ? EVERYTHING : new LabelSelector(equalities(labels));
  }

  private static List<Requirement> equalities(Map<String, String> labels) {
    var list = new ArrayList<Requirement>();
    labels.forEach((key, value) -> list.add(new Requirement(key, Operator.EQUALS, List.of(value))));
    return list;
  }

  /// From the field of an object. An empty selector accepts everything, an absent one nothing.
  ///
  /// @throws ApiException bad request: unknown operator, or values that don't go with it
  public static LabelSelector of(io.fabric8.kubernetes.api.model.@Nullable LabelSelector from) {
    if (from == null) {
      return NOTHING;
    }
    var list = new ArrayList<Requirement>();
    if (from.getMatchLabels() != null) {
      list.addAll(equalities(from.getMatchLabels()));
    }
    if (from.getMatchExpressions() != null) {
      for (LabelSelectorRequirement each : from.getMatchExpressions()) {
        list.add(
            Requirement.checked(
                each.getKey(),
                operator(each.getOperator()),
                each.getValues() == null ? List.of() : each.getValues()));
      }
    }
    return list.isEmpty() ? EVERYTHING : new LabelSelector(list);
  }

  /// From `{"matchLabels": …, "matchExpressions": …}`. Null and missing accept nothing.
  ///
  /// @throws ApiException bad request: unknown operator, or values that don't go with it
  public static LabelSelector of(@Nullable JsonNode from) {
    if (from == null || !from.isObject()) {
      return NOTHING;
    }
    var list = new ArrayList<Requirement>();
    for (Map.Entry<String, JsonNode> label : from.path("matchLabels").properties()) {
      list.add(
          new Requirement(label.getKey(), Operator.EQUALS, List.of(label.getValue().asString(""))));
    }
    for (JsonNode each : from.path("matchExpressions")) {
      var values = new ArrayList<String>();
      each.path("values").forEach(value -> values.add(value.asString("")));
      list.add(
          Requirement.checked(
              each.path("key").asString(""), operator(each.path("operator").asString("")), values));
    }
    return list.isEmpty() ? EVERYTHING : new LabelSelector(list);
  }

  private static Operator operator(String text) {
    return switch (text) {
      case "In" -> Operator.IN;
      case "NotIn" -> Operator.NOT_IN;
      case "Exists" -> Operator.EXISTS;
      case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
      default ->
          throw ApiException.badRequest("\"" + text + "\" is not a valid label selector operator");
    };
  }

  public boolean matchesEverything() {
    return requirements.isEmpty();
  }

  /// @param labels null is the same as none
  public boolean matches(@Nullable Map<String, String> labels) {
    Map<String, String> given = labels == null ? Map.of() : labels;
    for (Requirement requirement : requirements) {
      if (!requirement.matches(given)) {
        return false;
      }
    }
    return true;
  }

  /// Labels in the form of a JSON object (`metadata.labels`); anything else is no labels.
  public boolean matchesTree(@Nullable JsonNode labels) {
    if (requirements.isEmpty()) {
      return true;
    }
    return matches(
        labels == null
            ? Map.of()
            : labels.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().asString(""))));
  }

  /// Canonical; [#parse] reads it back (except for [#NOTHING], which prints as nothing).
  @Override
  public String toString() {
    return equals(NOTHING)
        ? ""
        : requirements.stream().map(Requirement::toString).collect(Collectors.joining(","));
  }
}
