package dev.drydock.apiserver.registry;

import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// JSON as people would write it in a test: `{metadata: {name: web}}`.
final class LooseJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
          .build();

  private LooseJson() {}

  static JsonNode parse(String loose) {
    // Bare words become strings; numbers, true, false, null and quoted text stay.
    String quoted =
        loose.replaceAll(
            "(?<=[:\\[,]\\s{0,9})(?!true\\b|false\\b|null\\b)([A-Za-z/][\\w./@-]*)"
                + "(?=\\s*[,}\\]])",
            "'$1'");
    return MAPPER.readTree(quoted);
  }
}
