package dev.drydock.api.codec;

import dev.drydock.api.meta.GroupVersionKind;
import dev.drydock.api.schema.Schema;
import dev.drydock.api.schema.Schemas;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An object of any built-in kind with something in every field that there is.
final class SampleObject {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Set<String> within = new HashSet<>();
  private int count;

  private SampleObject() {}

  static ObjectNode of(GroupVersionKind kind, Schema schema) {
    var object = (ObjectNode) new SampleObject().value(schema);
    return object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
  }

  private JsonNode value(Schema schema) {
    int number = ++count;
    return switch (schema.type()) {
      case OBJECT -> object(schema);
      case MAP -> NODES.objectNode().set("k" + number, value(schema.items().orElseThrow()));
      case ARRAY ->
          NODES
              .arrayNode()
              .add(value(schema.items().orElseThrow()))
              .add(value(schema.items().orElseThrow()));
      case STRING -> NODES.stringNode(text(schema.facts().format(), number));
      case INTEGER -> NODES.numberNode(number % 2 == 0 ? number : -number);
      case NUMBER -> NODES.numberNode(number + 0.5);
      case BOOLEAN -> NODES.booleanNode(true);
      case INT_OR_STRING -> number % 2 == 0 ? NODES.numberNode(number) : NODES.stringNode("50%");
      case QUANTITY -> NODES.stringNode(number + "Mi");
      case ANY -> NODES.objectNode().put("type", "string");
    };
  }

  private static String text(String format, int number) {
    return switch (format) {
      case "date-time" -> "2026-01-02T03:04:" + (10 + number % 50) + "Z";
      case "micro-time" -> "2026-01-02T03:04:05.0000" + (10 + number % 50) + "Z";
      case "byte" -> Base64.getEncoder().encodeToString(new byte[] {1, (byte) number});
      default -> number % 3 == 0 ? "t\u00e4xt" + number : "text" + number;
    };
  }

  private ObjectNode object(Schema schema) {
    ObjectNode object = NODES.objectNode();
    String definition = schema.definition().orElse("");
    if (!definition.isEmpty() && !within.add(definition)) {
      return object;
    }
    schema.properties().forEach((name, field) -> object.set(name, value(field)));
    if (Schemas.builtIn().kindOf(definition).isPresent()) {
      object.remove(List.of("apiVersion", "kind")); // protobuf tells them of whole objects only
    }
    if (definition.endsWith(".CustomResourceSubresources")) {
      object.putObject("status"); // the one free form that is always empty
    }
    within.remove(definition);
    return object;
  }
}
