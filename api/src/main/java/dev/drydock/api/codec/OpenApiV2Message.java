package dev.drydock.api.codec;

import tools.jackson.databind.JsonNode;

/// An OpenAPI v2 document as the protobuf message `openapi.v2.Document`, in which older versions
/// of kubectl ask for it. Only what documents of Kubernetes contain is written.
public final class OpenApiV2Message {
  public static final String CONTENT_TYPE =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private final OpenApiFields out = new OpenApiFields();

  private OpenApiV2Message() {}

  /// @param document OpenAPI v2
  public static byte[] of(JsonNode document) {
    var message = new OpenApiV2Message();
    message.document(document);
    return message.out.toArray();
  }

  private void document(JsonNode document) {
    out.map(13, document.path("securityDefinitions"), this::security);
    out.map(9, document.path("definitions"), this::schema);
    out.nested(8, document.path("paths"), paths -> out.named(2, paths, this::path));
    out.nested(2, document.path("info"), this::info);
    out.text(1, document.path("swagger"));
  }

  private void info(JsonNode info) {
    out.text(2, info.path("version"));
    out.text(1, info.path("title"));
  }

  private void security(JsonNode scheme) {
    out.nested(
        2,
        () -> {
          out.text(4, scheme.path("description"));
          out.text(3, scheme.path("in"));
          out.text(2, scheme.path("name"));
          out.text(1, scheme.path("type"));
        });
  }

  private void path(JsonNode item) {
    out.extensions(10, item);
    out.each(9, item.path("parameters"), this::parameter);
    out.nested(8, item.path("patch"), this::operation);
    out.nested(7, item.path("head"), this::operation);
    out.nested(6, item.path("options"), this::operation);
    out.nested(5, item.path("delete"), this::operation);
    out.nested(4, item.path("post"), this::operation);
    out.nested(3, item.path("put"), this::operation);
    out.nested(2, item.path("get"), this::operation);
  }

  private void operation(JsonNode operation) {
    out.extensions(13, operation);
    out.flag(11, operation.path("deprecated"));
    out.texts(10, operation.path("schemes"));
    out.map(9, operation.path("responses"), this::response);
    out.each(8, operation.path("parameters"), this::parameter);
    out.texts(7, operation.path("consumes"));
    out.texts(6, operation.path("produces"));
    out.text(5, operation.path("operationId"));
    out.text(3, operation.path("description"));
    out.text(2, operation.path("summary"));
    out.texts(1, operation.path("tags"));
  }

  private void response(JsonNode response) {
    out.nested(
        1,
        () -> {
          out.nested(2, response.path("schema"), schema -> out.nested(1, schema, this::schema));
          out.text(1, response.path("description"));
        });
  }

  /// A choice within a choice: a parameter, of the body or another.
  private void parameter(JsonNode parameter) {
    out.nested(1, () -> either(parameter));
  }

  private void either(JsonNode parameter) {
    switch (parameter.path("in").asString("")) {
      case "body" -> out.nested(1, () -> body(parameter));
      case "query" -> out.nested(2, () -> out.nested(3, () -> simple(parameter, 20, 6)));
      case "path" -> out.nested(2, () -> out.nested(4, () -> simple(parameter, 19, 5)));
      default -> out.nested(2, () -> out.nested(1, () -> simple(parameter, 19, 5)));
    }
  }

  private void body(JsonNode parameter) {
    out.nested(5, () -> schema(parameter.path("schema")));
    out.flag(4, parameter.path("required"));
    out.text(3, parameter.path("in"));
    out.text(2, parameter.path("name"));
    out.text(1, parameter.path("description"));
  }

  /// @param unique number of `uniqueItems`
  /// @param type number of `type`, before that of `format`
  private void simple(JsonNode parameter, int unique, int type) {
    out.flag(unique, parameter.path("uniqueItems"));
    out.text(type + 1, parameter.path("format"));
    out.text(type, parameter.path("type"));
    out.text(4, parameter.path("name"));
    out.text(3, parameter.path("description"));
    out.text(2, parameter.path("in"));
    out.flag(1, parameter.path("required"));
  }

  private void schema(JsonNode schema) {
    out.extensions(31, schema);
    out.map(25, schema.path("properties"), this::schema);
    out.each(24, schema.path("allOf"), this::schema);
    out.nested(23, schema.path("items"), items -> out.nested(1, items, this::schema));
    out.nested(22, schema.path("type"), type -> out.text(1, type));
    out.nested(21, schema.path("additionalProperties"), this::additional);
    out.each(20, schema.path("enum"), out::any);
    out.texts(19, schema.path("required"));
    out.flag(16, schema.path("uniqueItems"));
    out.text(13, schema.path("pattern"));
    out.nested(5, schema.path("default"), out::any);
    out.text(4, schema.path("description"));
    out.text(3, schema.path("title"));
    out.text(2, schema.path("format"));
    out.text(1, schema.path("$ref"));
  }

  private void additional(JsonNode properties) {
    if (properties.isBoolean()) {
      out.choice(2, properties);
    } else {
      out.nested(1, properties, this::schema);
    }
  }
}
