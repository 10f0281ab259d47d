package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Nodes, and what stands beside them: leases, runtime classes, component statuses.
final class NodeColumns {
  private static final String ROLE = "node-role.kubernetes.io/";

  private NodeColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "nodes",
        List.of(
            Column.name(),
            Column.of("Status", NodeColumns::status),
            Column.of("Roles", NodeColumns::roles),
            Column.age(),
            Column.of("Version", row -> row.text("/status/nodeInfo/kubeletVersion")),
            Column.of("Internal-IP", row -> address(row, "InternalIP")).wide(),
            Column.of("External-IP", row -> address(row, "ExternalIP")).wide(),
            info("OS-Image", "osImage"),
            info("Kernel-Version", "kernelVersion"),
            info("Container-Runtime", "containerRuntimeVersion")),
        "leases.coordination.k8s.io",
        List.of(
            Column.name(),
            Column.of("Holder", row -> row.text("/spec/holderIdentity")),
            Column.age()),
        "runtimeclasses.node.k8s.io",
        List.of(Column.name(), Column.of("Handler", row -> row.text("/handler")), Column.age()),
        "componentstatuses",
        List.of(
            Column.name(),
            Column.of("Status", NodeColumns::health),
            Column.of("Message", row -> row.text("/conditions/0/message")),
            Column.of("Error", row -> row.text("/conditions/0/error"))));
  }

  private static Column info(String name, String field) {
    return Column.of(name, row -> row.textOr("/status/nodeInfo/" + field, Row.UNKNOWN)).wide();
  }

  private static Object status(Row row) {
    var status = new ArrayList<String>();
    switch (row.condition("Ready")) {
      case "" -> status.add("Unknown");
      case "True" -> status.add("Ready");
      default -> status.add("NotReady");
    }
    if (row.isTrue("/spec/unschedulable")) {
      status.add("SchedulingDisabled");
    }
    return String.join(",", status);
  }

  private static Object roles(Row row) {
    var roles = new TreeSet<String>();
    for (Map.Entry<String, JsonNode> label : row.at("/metadata/labels").properties()) {
      String key = label.getKey();
      if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
        roles.add(key.substring(ROLE.length()));
      } else if (key.equals("kubernetes.io/role") && !label.getValue().asString("").isEmpty()) {
        roles.add(label.getValue().asString(""));
      }
    }
    return Row.joined(List.copyOf(roles));
  }

  private static Object address(Row row, String type) {
    for (JsonNode address : row.at("/status/addresses")) {
      if (address.path("type").asString("").equals(type)) {
        return address.path("address").asString("");
      }
    }
    return Row.NONE;
  }

  private static Object health(Row row) {
    for (JsonNode condition : row.at("/conditions")) {
      if (condition.path("type").asString("").equals("Healthy")) {
        return switch (condition.path("status").asString("")) {
          case "True" -> "Healthy";
          case "False" -> "Unhealthy";
          default -> "Unknown";
        };
      }
    }
    return "Unknown";
  }
}
