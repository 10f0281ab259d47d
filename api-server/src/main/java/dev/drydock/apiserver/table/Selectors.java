package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Labels and label selectors as one text.
final class Selectors {
  private Selectors() {}

  /// `a=1,b=2`, or `<none>`.
  static String labels(JsonNode labels) {
    return Row.joined(pairs(labels));
  }

  private static List<String> pairs(JsonNode labels) {
    var sorted = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> label : labels.properties()) {
      sorted.put(label.getKey(), label.getKey() + "=" + label.getValue().asString(""));
    }
    return List.copyOf(sorted.values());
  }

  /// A selector with `matchLabels` and `matchExpressions`; `<none>` when it is empty.
  static String selector(JsonNode selector) {
    var sorted = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> label : selector.path("matchLabels").properties()) {
      sorted.put(label.getKey(), label.getKey() + "=" + label.getValue().asString(""));
    }
    var terms = new ArrayList<>(sorted.values());
    for (JsonNode expression : selector.path("matchExpressions")) {
      String key = expression.path("key").asString("");
      String values =
          StreamSupport.stream(expression.path("values").spliterator(), false)
              .map(value -> value.asString(""))
              .sorted()
              .collect(Collectors.joining(",", "(", ")"));
      switch (expression.path("operator").asString("")) {
        case "In" -> terms.add(key + " in " + values);
        case "NotIn" -> terms.add(key + " notin " + values);
        case "DoesNotExist" -> terms.add("!" + key);
        default -> terms.add(key);
      }
    }
    return Row.joined(terms);
  }
}
