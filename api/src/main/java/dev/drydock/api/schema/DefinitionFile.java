package dev.drydock.api.schema;

import dev.drydock.api.meta.GroupVersionKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The resources that the build made, one definition a line.
final class DefinitionFile {
  /// The only mapper of this package.
  static final JsonMapper JSON = JsonMapper.builder().build();

  /// One line of the definitions.
  ///
  /// @param columns name, group (`-`: not an API object), version, kind, JSON
  record Entry(List<String> columns) {
    String name() {
      return columns.getFirst();
    }

    Optional<GroupVersionKind> kind() {
      return columns.get(1).equals("-")
          ? Optional.empty()
          : Optional.of(new GroupVersionKind(columns.get(1), columns.get(2), columns.get(3)));
    }

    JsonNode json() {
      return JSON.readTree(columns.getLast());
    }
  }

  private DefinitionFile() {}

  static List<Entry> read() {
    var entries = new ArrayList<Entry>();
    for (String line : lines("definitions.txt")) {
      entries.add(new Entry(List.of(line.split("\t", 5))));
    }
    return entries;
  }

  /// Texts by definition, then by field; an empty field is the definition itself.
  static Map<String, Map<String, String>> descriptions() {
    var all = new HashMap<String, Map<String, String>>();
    for (String line : lines("descriptions.txt")) {
      int tab = line.indexOf('\t');
      var texts = new HashMap<String, String>();
      JSON.readTree(line.substring(tab + 1))
          .properties()
          .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
      all.put(line.substring(0, tab), texts);
    }
    return all;
  }

  static byte[] bytes(String resource) {
    try (InputStream stream =
        Objects.requireNonNull(DefinitionFile.class.getResourceAsStream(resource), resource)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String resource) {
    return new String(bytes(resource), StandardCharsets.UTF_8).lines().toList();
  }
}
