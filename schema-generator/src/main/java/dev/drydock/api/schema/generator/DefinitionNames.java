package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The table that names the definitions: model class ↔ name in OpenAPI, group and version.
final class DefinitionNames {

  /// @param name in OpenAPI: `io.k8s.api.core.v1.Pod`
  /// @param group `-`: none (not an API object); empty: core
  record Definition(String name, String group, String version, String kind, String className) {}

  private final Map<String, Definition> byClass = new LinkedHashMap<>();

  static DefinitionNames read() throws IOException {
    var names = new DefinitionNames();
    String[] header = new String[3];
    for (String line : Inputs.table("definitions.txt")) {
      if (line.startsWith("[")) {
        header = line.substring(1, line.length() - 1).split(" ", -1);
        header[1] = header[1].equals("core") ? "" : header[1];
      } else {
        for (String entry : line.split(" ", -1)) {
          names.add(header, entry);
        }
      }
    }
    return names;
  }

  private void add(String[] header, String entry) {
    int equals = entry.indexOf('=');
    String kind = equals < 0 ? entry : entry.substring(0, equals);
    String className =
        equals < 0 ? header[2].toUpperCase(Locale.ROOT) + kind : entry.substring(equals + 1);
    byClass.put(
        className, new Definition(header[0] + "." + kind, header[1], header[2], kind, className));
  }

  Iterable<Definition> all() {
    return byClass.values();
  }

  Optional<Definition> ofClass(String simpleName) {
    return Optional.ofNullable(byClass.get(simpleName));
  }

  Definition require(String simpleName) {
    return ofClass(simpleName)
        .orElseThrow(() -> new IllegalStateException("tables/definitions.txt lacks " + simpleName));
  }
}
