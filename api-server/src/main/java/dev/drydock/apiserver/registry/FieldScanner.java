package dev.drydock.apiserver.registry;

import dev.drydock.apiserver.registry.strategy.Traits;
import dev.drydock.apiserver.storage.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Takes labels and selectable fields out of an object's bytes without building its tree.
final class FieldScanner {
  private final Map<String, Traits.Selectable> meanings;
  private final Set<String> wanted;
  private final Set<String> onTheWay;

  /// @param selectableFields by the names that selectors use
  FieldScanner(Map<String, Traits.Selectable> selectableFields) {
    this.meanings = Map.copyOf(selectableFields);
    var paths = new TreeSet<String>();
    meanings.values().forEach(meaning -> paths.addAll(meaning.paths()));
    this.wanted = Set.copyOf(paths);
    var prefixes = new TreeSet<String>();
    for (String field : paths) {
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
    var found = new HashMap<String, String>();
    try (JsonParser parser = StoredForm.JSON.createParser(json.array())) {
      parser.nextToken();
      scanObject(parser, "", labels, found);
    }
    var fields = new HashMap<String, String>();
    meanings.forEach((field, meaning) -> put(fields, field, meaning, found));
    return new Selectable(Map.copyOf(labels), Map.copyOf(fields));
  }

  /// An object's UID, which stands near its beginning; empty: it has none.
  static String uid(Bytes json) {
    try (JsonParser parser = StoredForm.JSON.createParser(json.array())) {
      parser.nextToken();
      boolean inMetadata = false;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (inMetadata && name.equals("uid") && value == JsonToken.VALUE_STRING) {
          return parser.getString();
        }
        if (!inMetadata && name.equals("metadata") && value == JsonToken.START_OBJECT) {
          inMetadata = true;
        } else {
          parser.skipChildren();
        }
      }
      return "";
    }
  }

  private static void put(
      Map<String, String> fields,
      String field,
      Traits.Selectable meaning,
      Map<String, String> found) {
    String value = "";
    for (int i = 0; i < meaning.paths().size() && value.isEmpty(); i++) {
      value = found.getOrDefault(meaning.paths().get(i), "");
    }
    value = value.isEmpty() ? meaning.whereAbsent() : value;
    if (!value.isEmpty()) {
      fields.put(field, value);
    }
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
