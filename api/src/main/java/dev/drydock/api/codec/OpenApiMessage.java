package dev.drydock.api.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// An OpenAPI v2 document as the protobuf message `openapi.v2.Document`, in which older versions
/// of kubectl ask for it. Only what documents of Kubernetes contain is written.
public final class OpenApiMessage {
  public static final String CONTENT_TYPE =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private static final int EXPECTED = 4 << 20;
  private static final int NAME = 1;
  private static final int VALUE = 2;

  private final BackwardBytes out = new BackwardBytes(EXPECTED);

  private OpenApiMessage() {}

  /// @param document OpenAPI v2
  public static byte[] of(JsonNode document) {
    var message = new OpenApiMessage();
    message.document(document);
    return message.out.toArray();
  }

  private void document(JsonNode document) {
    nested(13, () -> named(1, document.path("securityDefinitions"), this::security));
    nested(9, () -> named(1, document.path("definitions"), this::schema));
    nested(8, () -> named(2, document.path("paths"), this::path));
    nested(
        2,
        () -> {
          text(2, document.path("info").path("version"));
          text(1, document.path("info").path("title"));
        });
    text(1, document.path("swagger"));
  }

  private void security(JsonNode scheme) {
    nested(
        2,
        () -> {
          text(4, scheme.path("description"));
          text(3, scheme.path("in"));
          text(2, scheme.path("name"));
          text(1, scheme.path("type"));
        });
  }

  private void path(JsonNode item) {
    extensions(10, item);
    parameters(9, item.path("parameters"));
    operation(8, item.path("patch"));
    operation(7, item.path("head"));
    operation(6, item.path("options"));
    operation(5, item.path("delete"));
    operation(4, item.path("post"));
    operation(3, item.path("put"));
    operation(2, item.path("get"));
  }

  private void operation(int field, JsonNode operation) {
    if (!operation.isObject()) {
      return;
    }
    nested(
        field,
        () -> {
          extensions(13, operation);
          flag(11, operation.path("deprecated"));
          texts(10, operation.path("schemes"));
          nested(9, () -> named(1, operation.path("responses"), this::response));
          parameters(8, operation.path("parameters"));
          texts(7, operation.path("consumes"));
          texts(6, operation.path("produces"));
          text(5, operation.path("operationId"));
          text(3, operation.path("description"));
          text(2, operation.path("summary"));
          texts(1, operation.path("tags"));
        });
  }

  private void response(JsonNode response) {
    nested(
        1,
        () -> {
          if (response.has("schema")) {
            nested(2, () -> nested(1, () -> schema(response.path("schema"))));
          }
          text(1, response.path("description"));
        });
  }

  /// Each is a choice within a choice: a parameter, of the body or another.
  private void parameters(int field, JsonNode parameters) {
    for (int i = parameters.size() - 1; i >= 0; i--) {
      JsonNode parameter = parameters.get(i);
      nested(field, () -> nested(1, () -> parameter(parameter)));
    }
  }

  private void parameter(JsonNode parameter) {
    switch (parameter.path("in").asString("")) {
      case "body" ->
          nested(
              1,
              () -> {
                nested(5, () -> schema(parameter.path("schema")));
                flag(4, parameter.path("required"));
                text(3, parameter.path("in"));
                text(2, parameter.path("name"));
                text(1, parameter.path("description"));
              });
      case "query" -> nested(2, () -> nested(3, () -> simple(parameter, 20, 6)));
      case "path" -> nested(2, () -> nested(4, () -> simple(parameter, 19, 5)));
      default -> nested(2, () -> nested(1, () -> simple(parameter, 19, 5)));
    }
  }

  /// @param unique number of `uniqueItems`
  /// @param type number of `type`, before that of `format`
  private void simple(JsonNode parameter, int unique, int type) {
    flag(unique, parameter.path("uniqueItems"));
    text(type + 1, parameter.path("format"));
    text(type, parameter.path("type"));
    text(4, parameter.path("name"));
    text(3, parameter.path("description"));
    text(2, parameter.path("in"));
    flag(1, parameter.path("required"));
  }

  private void schema(JsonNode schema) {
    extensions(31, schema);
    if (schema.has("properties")) {
      nested(25, () -> named(1, schema.path("properties"), this::schema));
    }
    JsonNode all = schema.path("allOf");
    for (int i = all.size() - 1; i >= 0; i--) {
      JsonNode one = all.get(i);
      nested(24, () -> schema(one));
    }
    if (schema.has("items")) {
      nested(23, () -> nested(1, () -> schema(schema.path("items"))));
    }
    if (schema.has("type")) {
      nested(22, () -> text(1, schema.path("type")));
    }
    additional(schema.path("additionalProperties"));
    JsonNode choices = schema.path("enum");
    for (int i = choices.size() - 1; i >= 0; i--) {
      any(20, choices.get(i));
    }
    texts(19, schema.path("required"));
    flag(16, schema.path("uniqueItems"));
    text(13, schema.path("pattern"));
    if (schema.has("default")) {
      any(5, schema.path("default"));
    }
    text(4, schema.path("description"));
    text(3, schema.path("title"));
    text(2, schema.path("format"));
    text(1, schema.path("$ref"));
  }

  private void additional(JsonNode properties) {
    if (properties.isObject()) {
      nested(21, () -> nested(1, () -> schema(properties)));
    } else if (properties.isBoolean()) {
      nested(21, () -> flag(2, properties));
    }
  }

  private void extensions(int field, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : reversed(node)) {
      if (entry.getKey().startsWith("x-")) {
        nested(
            field,
            () -> {
              any(VALUE, entry.getValue());
              out.text(NAME, entry.getKey());
            });
      }
    }
  }

  /// JSON is YAML too.
  private void any(int field, JsonNode value) {
    nested(field, () -> out.text(2, value.toString()));
  }

  private void named(int field, JsonNode entries, Consumer<JsonNode> value) {
    for (Map.Entry<String, JsonNode> entry : reversed(entries)) {
      nested(
          field,
          () -> {
            nested(VALUE, () -> value.accept(entry.getValue()));
            out.text(NAME, entry.getKey());
          });
    }
  }

  private static List<Map.Entry<String, JsonNode>> reversed(JsonNode entries) {
    return new ArrayList<>(entries.properties()).reversed();
  }

  private void texts(int field, JsonNode texts) {
    for (int i = texts.size() - 1; i >= 0; i--) {
      out.text(field, texts.get(i).asString(""));
    }
  }

  private void text(int field, JsonNode text) {
    if (text.isString()) {
      out.text(field, text.stringValue());
    }
  }

  private void flag(int field, JsonNode flag) {
    if (flag.isBoolean() && flag.booleanValue()) {
      out.varint(1);
      out.tag(field, BackwardBytes.VARINT);
    }
  }

  private void nested(int field, Runnable content) {
    int before = out.size();
    content.run();
    out.delimit(field, before);
  }
}
