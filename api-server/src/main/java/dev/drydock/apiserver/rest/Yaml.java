package dev.drydock.apiserver.rest;

import dev.drydock.api.status.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// YAML ⇄ trees.
final class Yaml {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Yaml() {}

  static JsonNode parse(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      Object value =
          new Load(LoadSettings.builder().setCodePointLimit(RestHandler.MAX_BODY).build())
              .loadFromString(text);
      return JSON.valueToTree(value);
    } catch (YamlEngineException | IllegalArgumentException malformed) {
      throw ApiException.badRequest(
          "error converting YAML to JSON: yaml: "
              + firstLine(String.valueOf(malformed.getMessage())));
    }
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("malformed");
  }

  static byte[] print(byte[] json) {
    var settings =
        DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(4096).build();
    Object value = JSON.readValue(json, Map.class);
    return new Dump(settings).dumpToString(value).getBytes(StandardCharsets.UTF_8);
  }
}
