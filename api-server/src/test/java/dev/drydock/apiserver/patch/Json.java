package dev.drydock.apiserver.patch;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Short ways to write trees in these tests: single quotes and bare names are allowed.
final class Json {
  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
          .build();

  private Json() {}

  static JsonNode tree(String text) {
    return LENIENT.readTree(text);
  }

  static ObjectNode object(String text) {
    return (ObjectNode) tree(text);
  }

  static Schema schema(String apiVersion, String kind) {
    return Schemas.builtIn().kind(GroupVersionKind.of(apiVersion, kind)).orElseThrow();
  }
}
