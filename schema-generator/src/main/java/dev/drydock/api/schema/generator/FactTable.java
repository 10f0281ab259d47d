package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the model classes do not say about definitions and their fields.
final class FactTable {
  private final Map<String, Map<String, String>> facts = new HashMap<>();
  private final Map<String, JsonNode> defaults = new LinkedHashMap<>();

  static FactTable read() throws IOException {
    var table = new FactTable();
    for (String line : Inputs.table("facts.tsv")) {
      String[] columns = line.split("\t", -1);
      Map<String, String> one =
          table.facts.computeIfAbsent(columns[0] + "#" + columns[1], k -> new HashMap<>());
      for (String fact : columns[2].split(" ", -1)) {
        int equals = fact.indexOf('=');
        one.put(
            equals < 0 ? fact : fact.substring(0, equals),
            equals < 0 ? "" : fact.substring(equals + 1));
      }
    }
    var json = JsonMapper.builder().build();
    String definition = "";
    for (String line : Inputs.table("defaults.txt")) {
      if (line.startsWith("[")) {
        definition = line.substring(1, line.length() - 1);
      } else {
        int space = line.indexOf(' ');
        table.defaults.put(
            definition + "#" + line.substring(0, space), json.readTree(line.substring(space + 1)));
      }
    }
    return table;
  }

  /// @param field empty: the definition itself
  Map<String, String> of(String definition, String field) {
    return facts.getOrDefault(definition + "#" + field, Map.of());
  }

  /// Removes and returns the default of a field; what remains at the end names no field.
  java.util.Optional<JsonNode> takeDefault(String definition, String field) {
    return java.util.Optional.ofNullable(defaults.remove(definition + "#" + field));
  }

  /// Fails when the table of defaults names a field that does not exist.
  void requireAllDefaultsTaken() {
    if (!defaults.isEmpty()) {
      throw new IllegalStateException("tables/defaults.txt names no field: " + defaults.keySet());
    }
  }
}
