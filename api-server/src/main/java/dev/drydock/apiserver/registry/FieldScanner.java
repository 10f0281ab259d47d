package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.storage.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Takes labels and selectable fields out of an object's bytes without building its tree.
final class FieldScanner {
  private final Set<String> wanted;
  private final Map<String, String> whereAbsent;
  private final Set<String> onTheWay;

  /// @param selectableFields dotted path to the value of an absent field
  FieldScanner(Map<String, String> selectableFields) {
    this.wanted = Set.copyOf(selectableFields.keySet());
    var absent = new HashMap<>(selectableFields);
    absent.values().removeIf(String::isEmpty);
    this.whereAbsent = Map.copyOf(absent);
    var prefixes = new TreeSet<String>();
    for (String field : selectableFields.keySet()) {
      for (int dot = field.indexOf('.'); dot >= 0; dot = field.indexOf('.', dot + 1)) {
        prefixes.add(field.substring(0, dot));
      }
    }
    prefixes.add("metadata");
    this.onTheWay = Set.copyOf(prefixes);
  }

  /// What selectors look at.
  record Selectable(Map<String, String> labels, Map<String, String> fields) {}

  Selectable scan(Bytes json) {
    var labels = new HashMap<String, String>();
    var fields = new HashMap<>(whereAbsent);
    try (JsonParser parser = StoredForm.JSON.createParser(json.array())) {
      parser.nextToken();
      scanObject(parser, "", labels, fields);
    }
    return new Selectable(Map.copyOf(labels), Map.copyOf(fields));
  }

  private void scanObject(
      JsonParser parser, String path, Map<String, String> labels, Map<String, String> fields) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String here = path.isEmpty() ? name : path + "." + name;
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        if (here.equals("metadata.labels")) {
          scanLabels(parser, labels);
        } else if (onTheWay.contains(here)) {
          scanObject(parser, here, labels, fields);
        } else {
          parser.skipChildren();
        }
      } else if (value == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else if (value != JsonToken.VALUE_NULL && wanted.contains(here)) {
        fields.put(here, parser.getString());
      }
    }
  }

  private static void scanLabels(JsonParser parser, Map<String, String> labels) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      labels.put(name, parser.getString());
    }
  }
}
