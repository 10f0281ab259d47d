package dev.drydock.apiserver.table;

import dev.drydock.api.time.HumanDuration;
import dev.drydock.api.time.KubernetesTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The columns that a custom resource's definition has.
final class CustomColumns {
  /// What is said of a column whose author says nothing.
  private static final String OF_PATH = "Custom resource definition column (in JSONPath format): ";

  private CustomColumns() {}

  static List<Column> of(List<PrinterColumn> defined) {
    var columns = new ArrayList<Column>();
    columns.add(Column.name());
    if (defined.isEmpty()) {
      defined =
          List.of(
              new PrinterColumn(
                  "Age",
                  "date",
                  "",
                  Column.ofMetadata("creationTimestamp"),
                  0,
                  ".metadata.creationTimestamp"));
    }
    for (PrinterColumn column : defined) {
      JsonPath path = path(column.jsonPath());
      columns.add(
          new Column(
              column.name(),
              column.type(),
              column.format(),
              column.priority(),
              column.description().isEmpty() ? OF_PATH + column.jsonPath() : column.description(),
              row -> cell(path, column.type(), row)));
    }
    return columns;
  }

  private static JsonPath path(String text) {
    try {
      return JsonPath.parse(text);
    } catch (IllegalArgumentException e) {
      return JsonPath.parse("");
    }
  }

  private static Object cell(JsonPath path, String type, Row row) {
    List<JsonNode> found = path.find(row.at(""));
    if (found.isEmpty() || found.getFirst().isNull()) {
      return JsonNodeFactory.instance.nullNode();
    }
    JsonNode value = found.getFirst();
    return switch (type) {
      case "string" -> value.isContainer() ? value.toString() : value.asString("");
      case "integer" -> value.isNumber() ? (Object) value.asLong(0) : nothing();
      case "number" -> value.isNumber() ? value : nothing();
      case "boolean" -> value.isBoolean() ? value : nothing();
      case "date" -> age(value, row);
      default -> nothing();
    };
  }

  private static Object nothing() {
    return JsonNodeFactory.instance.nullNode();
  }

  private static Object age(JsonNode value, Row row) {
    Instant time = KubernetesTime.parseOrEpoch(value.stringValue(""));
    return time.equals(Instant.EPOCH)
        ? "<invalid>"
        : HumanDuration.format(Duration.between(time, row.now()));
  }
}
