package dev.drydock.apiserver.table;

import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/// Pods and pod templates.
final class PodColumns {
  private PodColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "pods",
        List.of(
            Column.name(),
            Column.of("Ready", row -> row.pod().ready()),
            Column.of("Status", row -> row.pod().status()),
            Column.of("Restarts", row -> row.pod().restarts(row)),
            Column.age(),
            Column.of("IP", PodColumns::address).wide(),
            Column.of("Node", row -> row.textOr("/spec/nodeName", Row.NONE)).wide(),
            Column.of("Nominated Node", row -> row.textOr("/status/nominatedNodeName", Row.NONE))
                .wide(),
            Column.of("Readiness Gates", PodColumns::gates).wide()),
        "podtemplates",
        List.of(
            Column.name(),
            Column.of(
                "Containers", row -> Row.joined(row.texts("/template/spec/containers", "name"))),
            Column.of("Images", row -> Row.joined(row.texts("/template/spec/containers", "image"))),
            Column.of("Pod Labels", row -> Selectors.labels(row.at("/template/metadata/labels")))));
  }

  private static Object address(Row row) {
    return row.textOr("/status/podIPs/0/ip", row.textOr("/status/podIP", Row.NONE));
  }

  private static Object gates(Row row) {
    JsonNode gates = row.at("/spec/readinessGates");
    if (gates.isEmpty()) {
      return Row.NONE;
    }
    long met =
        StreamSupport.stream(gates.spliterator(), false)
            .filter(gate -> row.hasCondition(gate.path("conditionType").asString("")))
            .count();
    return met + "/" + gates.size();
  }
}
