package dev.drydock.apiserver.access;

import dev.drydock.api.selector.FieldSelector;
import dev.drydock.api.selector.LabelSelector;
import dev.drydock.api.selector.Requirement;
import dev.drydock.api.status.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Selectors in questions about authority. What can't be read is left out: the question is about
/// more then, never about less; who carries a request out refuses it.
public final class AskedSelectors {
  private AskedSelectors() {}

  /// A selector as far as it could be read.
  public record Read<T>(T value, Completeness completeness) {}

  /// How much of a selector counts.
  public enum Completeness {
    ALL,
    PART,
    NOTHING
  }

  /// From the syntax of URLs; empty: everything.
  public static Read<FieldSelector> rawFields(String text) {
    try {
      return new Read<>(FieldSelector.parse(text), Completeness.ALL);
    } catch (ApiException malformed) {
      return new Read<>(FieldSelector.EVERYTHING, Completeness.NOTHING);
    }
  }

  /// From the syntax of URLs; empty: everything.
  public static Read<LabelSelector> rawLabels(String text) {
    try {
      return new Read<>(LabelSelector.parse(text), Completeness.ALL);
    } catch (ApiException malformed) {
      return new Read<>(LabelSelector.EVERYTHING, Completeness.NOTHING);
    }
  }

  /// From the field `fieldSelector` of `resourceAttributes`.
  public static Read<FieldSelector> fields(JsonNode selector) {
    String raw = selector.path("rawSelector").asString("");
    if (!raw.isEmpty()) {
      return rawFields(raw);
    }
    var terms = new ArrayList<FieldSelector.Term>();
    JsonNode requirements = selector.path("requirements");
    for (JsonNode requirement : requirements) {
      term(requirement).ifPresent(terms::add);
    }
    return new Read<>(new FieldSelector(terms), completeness(terms.size(), requirements.size()));
  }

  /// Field selectors compare with one value.
  private static Optional<FieldSelector.Term> term(JsonNode requirement) {
    List<String> values = values(requirement);
    if (values.size() != 1) {
      return Optional.empty();
    }
    String key = requirement.path("key").asString("");
    return switch (requirement.path("operator").asString("")) {
      case "In" ->
          Optional.of(
              new FieldSelector.Term(key, FieldSelector.Comparison.EQUAL, values.getFirst()));
      case "NotIn" ->
          Optional.of(
              new FieldSelector.Term(key, FieldSelector.Comparison.NOT_EQUAL, values.getFirst()));
      default -> Optional.empty();
    };
  }

  /// From the field `labelSelector` of `resourceAttributes`.
  public static Read<LabelSelector> labels(JsonNode selector) {
    String raw = selector.path("rawSelector").asString("");
    if (!raw.isEmpty()) {
      return rawLabels(raw);
    }
    var read = new ArrayList<Requirement>();
    JsonNode requirements = selector.path("requirements");
    for (JsonNode requirement : requirements) {
      requirement(requirement).ifPresent(read::add);
    }
    return new Read<>(new LabelSelector(read), completeness(read.size(), requirements.size()));
  }

  private static Optional<Requirement> requirement(JsonNode requirement) {
    Requirement.Operator operator;
    switch (requirement.path("operator").asString("")) {
      case "In" -> operator = Requirement.Operator.IN;
      case "NotIn" -> operator = Requirement.Operator.NOT_IN;
      case "Exists" -> operator = Requirement.Operator.EXISTS;
      case "DoesNotExist" -> operator = Requirement.Operator.DOES_NOT_EXIST;
      default -> {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          Requirement.checked(requirement.path("key").asString(""), operator, values(requirement)));
    } catch (ApiException malformed) {
      return Optional.empty();
    }
  }

  private static List<String> values(JsonNode requirement) {
    var values = new ArrayList<String>();
    requirement.path("values").forEach(value -> values.add(value.asString("")));
    return values;
  }

  private static Completeness completeness(int read, int written) {
    return read == written
        ? Completeness.ALL
        : read == 0 ? Completeness.NOTHING : Completeness.PART;
  }
}
