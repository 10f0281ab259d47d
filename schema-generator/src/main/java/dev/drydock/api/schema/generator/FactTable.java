package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// What the model classes do not say about definitions and their fields.
final class FactTable {
  private final Map<String, Map<String, String>> facts = new HashMap<>();
  private final Map<String, JsonNode> defaults = new LinkedHashMap<>();
  private final Map<String, JsonNode> enums = new LinkedHashMap<>();

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
    section("defaults.txt", (field, text) -> table.defaults.put(field, json.readTree(text)));
    section(
        "enums.txt",
        (field, text) -> {
          ArrayNode values = JsonNodeFactory.instance.arrayNode();
          for (String value : text.split(" ", -1)) {
            values.add(value.equals("-") ? "" : value);
          }
          table.enums.put(field, values);
        });
    return table;
  }

  /// Lines of a field's name and a text, under headers that name the definition.
  private static void section(String name, BiConsumer<String, String> each) throws IOException {
    String definition = "";
    for (String line : Inputs.table(name)) {
      if (line.startsWith("[")) {
        definition = line.substring(1, line.length() - 1);
      } else {
        int space = line.indexOf(' ');
        each.accept(definition + "#" + line.substring(0, space), line.substring(space + 1));
      }
    }
  }

  /// @param field empty: the definition itself
  Map<String, String> of(String definition, String field) {
    return facts.getOrDefault(definition + "#" + field, Map.of());
  }

  /// Removes and returns the default of a field; what remains at the end names no field.
  Optional<JsonNode> takeDefault(String definition, String field) {
    return Optional.ofNullable(defaults.remove(definition + "#" + field));
  }

  /// Removes and returns the values that a field can have.
  Optional<JsonNode> takeValues(String definition, String field) {
    return Optional.ofNullable(enums.remove(definition + "#" + field));
  }

  /// Fails when a table names a field that does not exist.
  void requireAllTaken() {
    if (!defaults.isEmpty() || !enums.isEmpty()) {
      throw new IllegalStateException(
          "tables name no field: " + defaults.keySet() + " " + enums.keySet());
    }
  }
}
