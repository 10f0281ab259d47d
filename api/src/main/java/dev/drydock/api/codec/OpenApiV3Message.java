package dev.drydock.api.codec;

import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// An OpenAPI v3 document as the protobuf message `openapi.v3.Document`, in which Kubernetes' Go
/// client asks for it. Only what documents of Kubernetes and of servers built with its libraries
/// contain is written: no callbacks, links and discriminators.
public final class OpenApiV3Message {
  public static final String CONTENT_TYPE =
      "application/com.github.proto-openapi.spec.v3.v1.0+protobuf";

  private final OpenApiFields out = new OpenApiFields();

  private OpenApiV3Message() {}

  /// @param document OpenAPI v3
  public static byte[] of(JsonNode document) {
    var message = new OpenApiV3Message();
    message.document(document);
    return message.out.toArray();
  }

  private void document(JsonNode document) {
    out.extensions(9, document);
    out.nested(8, document.path("externalDocs"), this::manual);
    out.each(7, document.path("tags"), this::tag);
    out.each(6, document.path("security"), this::requirement);
    out.nested(5, document.path("components"), this::components);
    out.nested(4, document.path("paths"), this::paths);
    out.each(3, document.path("servers"), this::server);
    out.nested(2, document.path("info"), this::info);
    out.text(1, document.path("openapi"));
  }

  private void info(JsonNode info) {
    out.extensions(7, info);
    out.text(6, info.path("version"));
    out.nested(5, info.path("license"), this::licence);
    out.nested(4, info.path("contact"), this::contact);
    out.text(3, info.path("termsOfService"));
    out.text(2, info.path("description"));
    out.text(1, info.path("title"));
  }

  private void licence(JsonNode licence) {
    out.extensions(3, licence);
    out.text(2, licence.path("url"));
    out.text(1, licence.path("name"));
  }

  private void contact(JsonNode contact) {
    out.extensions(4, contact);
    out.text(3, contact.path("email"));
    out.text(2, contact.path("url"));
    out.text(1, contact.path("name"));
  }

  private void server(JsonNode server) {
    out.extensions(4, server);
    out.map(3, server.path("variables"), this::variable);
    out.text(2, server.path("description"));
    out.text(1, server.path("url"));
  }

  private void variable(JsonNode variable) {
    out.extensions(4, variable);
    out.text(3, variable.path("description"));
    out.text(2, variable.path("default"));
    out.texts(1, variable.path("enum"));
  }

  private void tag(JsonNode tag) {
    out.extensions(4, tag);
    out.nested(3, tag.path("externalDocs"), this::manual);
    out.text(2, tag.path("description"));
    out.text(1, tag.path("name"));
  }

  private void manual(JsonNode manual) {
    out.extensions(3, manual);
    out.text(2, manual.path("url"));
    out.text(1, manual.path("description"));
  }

  private void requirement(JsonNode requirement) {
    out.named(1, requirement, scopes -> out.texts(1, scopes));
  }

  private void components(JsonNode components) {
    out.extensions(10, components);
    out.map(7, components.path("securitySchemes"), orReference(this::security));
    out.map(6, components.path("headers"), orReference(this::header));
    out.map(5, components.path("requestBodies"), orReference(this::body));
    out.map(4, components.path("examples"), orReference(this::example));
    out.map(3, components.path("parameters"), orReference(this::parameter));
    out.map(2, components.path("responses"), orReference(this::response));
    out.map(1, components.path("schemas"), orReference(this::schema));
  }

  /// A choice: the thing itself, or where it stands.
  private Consumer<JsonNode> orReference(Consumer<JsonNode> content) {
    return node -> {
      if (node.has("$ref")) {
        out.nested(2, node, this::reference);
      } else {
        out.nested(1, node, content);
      }
    };
  }

  private void reference(JsonNode reference) {
    out.text(3, reference.path("description"));
    out.text(2, reference.path("summary"));
    out.text(1, reference.path("$ref"));
  }

  private void security(JsonNode scheme) {
    out.extensions(9, scheme);
    out.text(8, scheme.path("openIdConnectUrl"));
    out.nested(7, scheme.path("flows"), this::flows);
    out.text(6, scheme.path("bearerFormat"));
    out.text(5, scheme.path("scheme"));
    out.text(4, scheme.path("in"));
    out.text(3, scheme.path("name"));
    out.text(2, scheme.path("description"));
    out.text(1, scheme.path("type"));
  }

  private void flows(JsonNode flows) {
    out.extensions(5, flows);
    out.nested(4, flows.path("authorizationCode"), this::flow);
    out.nested(3, flows.path("clientCredentials"), this::flow);
    out.nested(2, flows.path("password"), this::flow);
    out.nested(1, flows.path("implicit"), this::flow);
  }

  private void flow(JsonNode flow) {
    out.extensions(5, flow);
    out.nested(4, flow.path("scopes"), scopes -> out.namedTexts(1, scopes));
    out.text(3, flow.path("refreshUrl"));
    out.text(2, flow.path("tokenUrl"));
    out.text(1, flow.path("authorizationUrl"));
  }

  private void paths(JsonNode paths) {
    out.extensions(2, paths);
    for (Map.Entry<String, JsonNode> entry : OpenApiFields.reversed(paths)) {
      if (entry.getKey().startsWith("/")) {
        out.named(1, entry, this::path);
      }
    }
  }

  private void path(JsonNode item) {
    out.extensions(14, item);
    out.each(13, item.path("parameters"), orReference(this::parameter));
    out.each(12, item.path("servers"), this::server);
    out.nested(11, item.path("trace"), this::operation);
    out.nested(10, item.path("patch"), this::operation);
    out.nested(9, item.path("head"), this::operation);
    out.nested(8, item.path("options"), this::operation);
    out.nested(7, item.path("delete"), this::operation);
    out.nested(6, item.path("post"), this::operation);
    out.nested(5, item.path("put"), this::operation);
    out.nested(4, item.path("get"), this::operation);
    out.text(3, item.path("description"));
    out.text(2, item.path("summary"));
    out.text(1, item.path("$ref"));
  }

  private void operation(JsonNode operation) {
    out.extensions(13, operation);
    out.each(12, operation.path("servers"), this::server);
    out.each(11, operation.path("security"), this::requirement);
    out.flag(10, operation.path("deprecated"));
    out.nested(8, operation.path("responses"), this::responses);
    out.nested(7, operation.path("requestBody"), orReference(this::body));
    out.each(6, operation.path("parameters"), orReference(this::parameter));
    out.text(5, operation.path("operationId"));
    out.nested(4, operation.path("externalDocs"), this::manual);
    out.text(3, operation.path("description"));
    out.text(2, operation.path("summary"));
    out.texts(1, operation.path("tags"));
  }

  private void parameter(JsonNode parameter) {
    out.extensions(14, parameter);
    out.map(13, parameter.path("content"), this::media);
    out.map(12, parameter.path("examples"), orReference(this::example));
    out.nested(11, parameter.path("example"), out::any);
    out.nested(10, parameter.path("schema"), orReference(this::schema));
    out.flag(9, parameter.path("allowReserved"));
    out.flag(8, parameter.path("explode"));
    out.text(7, parameter.path("style"));
    out.flag(6, parameter.path("allowEmptyValue"));
    out.flag(5, parameter.path("deprecated"));
    out.flag(4, parameter.path("required"));
    out.text(3, parameter.path("description"));
    out.text(2, parameter.path("in"));
    out.text(1, parameter.path("name"));
  }

  private void header(JsonNode header) {
    out.extensions(12, header);
    out.map(11, header.path("content"), this::media);
    out.map(10, header.path("examples"), orReference(this::example));
    out.nested(9, header.path("example"), out::any);
    out.nested(8, header.path("schema"), orReference(this::schema));
    out.flag(7, header.path("allowReserved"));
    out.flag(6, header.path("explode"));
    out.text(5, header.path("style"));
    out.flag(4, header.path("allowEmptyValue"));
    out.flag(3, header.path("deprecated"));
    out.flag(2, header.path("required"));
    out.text(1, header.path("description"));
  }

  private void body(JsonNode body) {
    out.extensions(4, body);
    out.flag(3, body.path("required"));
    out.map(2, body.path("content"), this::media);
    out.text(1, body.path("description"));
  }

  private void responses(JsonNode responses) {
    out.extensions(3, responses);
    for (Map.Entry<String, JsonNode> entry : OpenApiFields.reversed(responses)) {
      if (!entry.getKey().startsWith("x-") && !entry.getKey().equals("default")) {
        out.named(2, entry, orReference(this::response));
      }
    }
    out.nested(1, responses.path("default"), orReference(this::response));
  }

  private void response(JsonNode response) {
    out.extensions(5, response);
    out.map(3, response.path("content"), this::media);
    out.map(2, response.path("headers"), orReference(this::header));
    out.text(1, response.path("description"));
  }

  private void media(JsonNode media) {
    out.extensions(5, media);
    out.map(4, media.path("encoding"), this::encoding);
    out.map(3, media.path("examples"), orReference(this::example));
    out.nested(2, media.path("example"), out::any);
    out.nested(1, media.path("schema"), orReference(this::schema));
  }

  private void encoding(JsonNode encoding) {
    out.extensions(6, encoding);
    out.flag(5, encoding.path("allowReserved"));
    out.flag(4, encoding.path("explode"));
    out.text(3, encoding.path("style"));
    out.map(2, encoding.path("headers"), orReference(this::header));
    out.text(1, encoding.path("contentType"));
  }

  private void example(JsonNode example) {
    out.extensions(5, example);
    out.text(4, example.path("externalValue"));
    out.nested(3, example.path("value"), out::any);
    out.text(2, example.path("description"));
    out.text(1, example.path("summary"));
  }

  private void schema(JsonNode schema) {
    out.extensions(36, schema);
    out.text(35, schema.path("format"));
    out.text(34, schema.path("description"));
    out.nested(33, schema.path("default"), this::initial);
    out.nested(32, schema.path("additionalProperties"), this::additional);
    out.map(31, schema.path("properties"), orReference(this::schema));
    out.nested(30, schema.path("items"), items -> out.nested(1, items, orReference(this::schema)));
    out.nested(29, schema.path("not"), this::schema);
    out.each(28, schema.path("anyOf"), orReference(this::schema));
    out.each(27, schema.path("oneOf"), orReference(this::schema));
    out.each(26, schema.path("allOf"), orReference(this::schema));
    out.text(25, schema.path("type"));
    out.each(24, schema.path("enum"), out::any);
    out.texts(23, schema.path("required"));
    limits(schema);
    out.text(9, schema.path("title"));
    out.flag(8, schema.path("deprecated"));
    out.nested(7, schema.path("example"), out::any);
    out.nested(6, schema.path("externalDocs"), this::manual);
    out.flag(4, schema.path("writeOnly"));
    out.flag(3, schema.path("readOnly"));
    out.flag(1, schema.path("nullable"));
  }

  private void limits(JsonNode schema) {
    out.count(22, schema.path("minProperties"));
    out.count(21, schema.path("maxProperties"));
    out.flag(20, schema.path("uniqueItems"));
    out.count(19, schema.path("minItems"));
    out.count(18, schema.path("maxItems"));
    out.text(17, schema.path("pattern"));
    out.count(16, schema.path("minLength"));
    out.count(15, schema.path("maxLength"));
    out.flag(14, schema.path("exclusiveMinimum"));
    out.number(13, schema.path("minimum"));
    out.flag(12, schema.path("exclusiveMaximum"));
    out.number(11, schema.path("maximum"));
    out.number(10, schema.path("multipleOf"));
  }

  /// A default; the message has no place for lists and objects and says only that there is one.
  private void initial(JsonNode value) {
    if (value.isNumber()) {
      out.choice(1, value);
    } else if (value.isBoolean()) {
      out.choice(2, value);
    } else {
      out.text(3, value);
    }
  }

  private void additional(JsonNode properties) {
    if (properties.isBoolean()) {
      out.choice(2, properties);
    } else {
      out.nested(1, properties, orReference(this::schema));
    }
  }
}
