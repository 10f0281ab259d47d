package dev.drydock.apiserver.fuzz;

import dev.drydock.api.schema.Schema;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Values and names that programs stumble over.
final class Strange {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// As JSON texts, some of which no Java number holds.
  private static final List<String> VALUES =
      List.of(
          "null",
          "0",
          "-1",
          "\"\"",
          "{}",
          "[]",
          "true",
          "1.5",
          "99999999999999999999",
          "-9223372036854775808",
          "2147483648",
          "1e400",
          "-1e-400",
          "1e999999999",
          "123456789012345678901234567890.123456789",
          "\"x\"",
          "\"1\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"a\\nb\\tc\"",
          "\"../..\"",
          "\"a/b/c\"",
          "\"/\"",
          "\"%zz%\"",
          "\"é\\u200b😀\"",
          "\"(a+)+$\"",
          "\"[\"",
          "\"2026-13-45T99:99:99Z\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"-292277022399-01-01T00:00:00Z\"",
          "\"1e400\"",
          "\"1e99999999999\"",
          "\"9223372036854775808Ei\"",
          "\"-1m\"",
          "\"0.0000000001\"",
          "\"10.0.0.0/99\"",
          "\"::ffff:1.2.3.4\"",
          "\"* * * * *\"",
          "\"150%\"",
          "\"-5%\"",
          "\"$(A)$$(\"",
          "\"self.x\"",
          "\"" + "y".repeat(300) + "\"",
          "[null]",
          "[[]]",
          "[{}]",
          "[\"a\",\"a\"]",
          "[1,\"a\",{}]",
          "{\"\":null}",
          "{\"name\":1}",
          "{\"$patch\":\"delete\"}",
          "{\"$patch\":\"odd\"}",
          "{\"$retainKeys\":[1]}",
          "{\"$setElementOrder/containers\":[{}]}",
          "{\"matchLabels\":{\"/\":\"x\"}}",
          "{\"matchExpressions\":[{\"operator\":\"Odd\"}]}");

  private static final List<String> NAMES =
      List.of(
          "",
          "$patch",
          "$retainKeys",
          "$setElementOrder/containers",
          "$deleteFromPrimitiveList/finalizers",
          "a/b",
          "~1",
          "\u0000",
          "é",
          "name",
          "items",
          "metadata",
          "managedFields",
          "ownerReferences",
          "<<",
          "k".repeat(400));

  private Strange() {}

  static int count() {
    return VALUES.size();
  }

  static JsonNode value(int number) {
    return NODES.rawValueNode(new RawValue(VALUES.get(number % VALUES.size())));
  }

  static String name(int number) {
    return NAMES.get(number % NAMES.size());
  }

  /// What the schema allows, now and then something strange inside.
  static JsonNode fitting(Schema schema, int number, int depth) {
    if (!schema.facts().enumValues().isEmpty()) {
      List<String> values = schema.facts().enumValues();
      return NODES.stringNode(values.get(number % values.size()));
    }
    return switch (schema.type()) {
      case OBJECT -> {
        ObjectNode object = NODES.objectNode();
        if (depth > 0) {
          schema
              .properties()
              .forEach(
                  (name, field) -> {
                    if (schema.required().contains(name)
                        || Math.floorMod(number + name.hashCode(), 4) == 0) {
                      object.set(
                          name,
                          fitting(
                              field,
                              Math.floorMod(number * 31 + name.length(), 10_007),
                              depth - 1));
                    }
                  });
        }
        yield object;
      }
      case MAP -> {
        ObjectNode map = NODES.objectNode();
        schema
            .items()
            .ifPresent(
                items -> map.set(number % 2 == 0 ? "a" : "cpu", fitting(items, number, depth - 1)));
        yield map;
      }
      case ARRAY ->
          schema
              .items()
              .map(items -> NODES.arrayNode().add(fitting(items, number, depth - 1)))
              .orElseGet(NODES::arrayNode);
      case STRING -> text(schema, number);
      case INTEGER -> NODES.numberNode((long) (number % 5) * 1000 - 1);
      case NUMBER -> NODES.numberNode(number / 3.0);
      case BOOLEAN -> NODES.booleanNode(number % 2 == 0);
      case INT_OR_STRING ->
          number % 2 == 0 ? NODES.numberNode(number) : NODES.stringNode(number + "%");
      case QUANTITY -> NODES.stringNode(number + "m");
      case ANY -> value(number);
    };
  }

  private static JsonNode text(Schema schema, int number) {
    return switch (schema.facts().format()) {
      case "date-time" -> NODES.stringNode("2026-01-01T00:00:00Z");
      case "micro-time" -> NODES.stringNode("2026-01-01T00:00:00.000000Z");
      case "byte" -> NODES.stringNode("YQ==");
      default -> number % 3 == 0 ? value(number) : NODES.stringNode("t" + number % 7);
    };
  }
}
