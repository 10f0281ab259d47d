package dev.drydock.apiserver.access.jwt;

import dev.drydock.apiserver.cel.CelBudget;
import dev.drydock.apiserver.cel.CelProgram;
import dev.drydock.apiserver.cel.value.CelEvaluationException;
import dev.drydock.apiserver.cel.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Where one property of a user comes from.
public sealed interface ClaimMapping {

  /// From nowhere.
  record Nothing() implements ClaimMapping {}

  /// @param prefix stands before each value; may be empty
  record Claim(String name, String prefix) implements ClaimMapping {}

  record Expression(CelProgram program) implements ClaimMapping {
    /// The value, as JSON.
    JsonNode evaluate(ObjectNode claims) {
      return value(program, Map.of("claims", claims));
    }
  }

  /// One text, as JSON would decode it into a string.
  static String one(JsonNode value) throws ClaimException {
    if (value.isString()) {
      return value.stringValue();
    }
    throw new ClaimException(
        "json: cannot unmarshal " + typeOf(value) + " into Go value of type string");
  }

  /// A text or a list of texts, as a claim holds them.
  static List<String> some(JsonNode value) throws ClaimException {
    if (!value.isArray()) {
      return List.of(one(value));
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      texts.add(one(element));
    }
    return texts;
  }

  /// What an expression gave: a text, texts or null, without those that are empty.
  static List<String> given(JsonNode value) throws ClaimException {
    List<String> texts = new ArrayList<>();
    if (value.isNull()) {
      return texts;
    }
    for (JsonNode element : value.isArray() ? value : List.of(value)) {
      if (!element.isString()) {
        throw new ClaimException("expression must return a string or a list of strings");
      }
      if (!element.stringValue().isEmpty()) {
        texts.add(element.stringValue());
      }
    }
    return texts;
  }

  /// @throws CelEvaluationException when there is no value
  static JsonNode value(CelProgram program, Map<String, ?> bindings) {
    return Values.toJson(program.evaluate(bindings, new CelBudget(CelBudget.PER_OBJECT)));
  }

  private static String typeOf(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING -> "string";
      case OBJECT, POJO, BINARY, MISSING, NULL -> "object";
    };
  }
}
