package dev.drydock.api.schema.generator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What paths do not say about the served types: the order of groups and versions, short names,
/// categories, kinds of connecting sub-resources, verbs that differ.
///
/// @param versions `apps/v1`, `v1`, … in the order of discovery
/// @param names by `resource.group`: short names
/// @param categories by `resource.group`
/// @param kinds by `resource/subresource`: the kind it takes
/// @param verbs by `resource`: verbs that the paths do not tell
/// @param storageVersions by `resource.group`: version that is stored, where not the served one
record TypeTable(
    List<String> versions,
    Map<String, List<String>> names,
    Map<String, List<String>> categories,
    Map<String, String> kinds,
    Map<String, List<String>> verbs,
    Map<String, String> storageVersions) {

  static TypeTable read() throws IOException {
    var table =
        new TypeTable(
            new ArrayList<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>(),
            new HashMap<>());
    String section = "";
    for (String line : Inputs.table("types.txt")) {
      if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
        continue;
      }
      String[] words = line.split(" ", -1);
      List<String> rest = List.of(words).subList(1, words.length);
      switch (section) {
        case "versions" -> table.versions.addAll(List.of(words));
        case "short names" -> table.names.put(words[0], rest);
        case "kinds" -> table.kinds.put(words[0], words[1]);
        case "verbs" -> table.verbs.put(words[0], rest);
        case "stored" -> table.storageVersions.put(words[0], words[1]);
        default -> {
          for (String word : words) {
            table.categories.computeIfAbsent(word, k -> new ArrayList<>()).add(section);
          }
        }
      }
    }
    return table;
  }
}
