package dev.drydock.apiserver.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// Limits and targets: quotas, budgets, autoscalers, priorities, namespaces.
final class PolicyColumns {
  private static final int MAX_METRICS = 2;

  private PolicyColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "namespaces",
        List.of(Column.name(), Column.of("Status", row -> row.text("/status/phase")), Column.age()),
        "resourcequotas",
        List.of(
            Column.name(),
            Column.of("Request", row -> quota(row, "")),
            Column.of("Limit", row -> quota(row, "limits")),
            Column.age()),
        "limitranges",
        List.of(Column.name(), Column.createdAt()),
        "poddisruptionbudgets.policy",
        budgets(),
        "horizontalpodautoscalers.autoscaling",
        autoscalers(),
        "priorityclasses.scheduling.k8s.io",
        priorities(),
        "flowschemas.flowcontrol.apiserver.k8s.io",
        flows(),
        "prioritylevelconfigurations.flowcontrol.apiserver.k8s.io",
        levels());
  }

  private static Object quota(Row row, String wanted) {
    var lines = new TreeMap<String, String>();
    for (Map.Entry<String, JsonNode> hard : row.at("/status/hard").properties()) {
      String name = hard.getKey();
      if (name.startsWith("limits") == wanted.equals("limits")) {
        String used = row.at("/status/used").path(name).asString("0");
        lines.put(name, name + ": " + used + "/" + hard.getValue().asString(""));
      }
    }
    return String.join(", ", lines.values());
  }

  private static List<Column> budgets() {
    return List.of(
        Column.name(),
        Column.of("Min Available", row -> row.textOr("/spec/minAvailable", "N/A")),
        Column.of("Max Unavailable", row -> row.textOr("/spec/maxUnavailable", "N/A")),
        Column.number("Allowed Disruptions", row -> row.number("/status/disruptionsAllowed")),
        Column.age());
  }

  private static List<Column> autoscalers() {
    return List.of(
        Column.name(),
        Column.of(
            "Reference",
            row ->
                row.text("/spec/scaleTargetRef/kind")
                    + "/"
                    + row.text("/spec/scaleTargetRef/name")),
        Column.of("Targets", PolicyColumns::targets),
        Column.of("MinPods", row -> row.textOr("/spec/minReplicas", Row.UNSET)),
        Column.number("MaxPods", row -> row.number("/spec/maxReplicas")),
        Column.number("Replicas", row -> row.number("/status/currentReplicas")),
        Column.age());
  }

  private static Object targets(Row row) {
    if (row.has("/spec/targetCPUUtilizationPercentage")) {
      return "cpu: "
          + row.text("/status/currentCPUUtilizationPercentage")
              .transform(text -> text.isEmpty() ? Row.UNKNOWN : text + "%")
          + "/"
          + row.text("/spec/targetCPUUtilizationPercentage")
          + "%";
    }
    var all = new ArrayList<String>();
    int index = 0;
    for (JsonNode metric : row.at("/spec/metrics")) {
      all.add(target(metric, row.at("/status/currentMetrics").path(index++)));
    }
    if (all.size() <= MAX_METRICS) {
      return all.isEmpty() ? Row.NONE : String.join(", ", all);
    }
    return String.join(", ", all.subList(0, MAX_METRICS))
        + " + "
        + (all.size() - MAX_METRICS)
        + " more...";
  }

  private static String target(JsonNode metric, JsonNode status) {
    String type = metric.path("type").asString("");
    String field = type.isEmpty() ? "" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    JsonNode source = metric.path(field);
    JsonNode target = source.path("target");
    JsonNode current = status.path(field).path("current");
    String name = source.path("name").asString("");
    String label =
        switch (type) {
          case "Resource" -> name + ": ";
          case "ContainerResource" -> name + ": ";
          default -> "";
        };
    if (target.has("averageUtilization")) {
      return label
          + or(current.path("averageUtilization").asString(""), "%")
          + "/"
          + target.path("averageUtilization").asString("")
          + "%";
    }
    if (target.has("averageValue")) {
      return label
          + or(current.path("averageValue").asString(""), "")
          + "/"
          + target.path("averageValue").asString("")
          + (type.equals("External") || type.equals("Object") ? " (avg)" : "");
    }
    return label
        + or(current.path("value").asString(""), "")
        + "/"
        + target.path("value").asString("");
  }

  private static String or(String value, String unit) {
    return value.isEmpty() ? Row.UNKNOWN : value + unit;
  }

  private static List<Column> priorities() {
    return List.of(
        Column.name(),
        Column.number("Value", row -> row.number("/value")),
        new Column("Global-Default", "boolean", "", 0, row -> row.isTrue("/globalDefault")),
        Column.age(),
        Column.of("PreemptionPolicy", row -> row.text("/preemptionPolicy")));
  }

  private static List<Column> flows() {
    return List.of(
        Column.name(),
        Column.of(
            "PriorityLevel", row -> row.textOr("/spec/priorityLevelConfiguration/name", Row.NONE)),
        Column.number("MatchingPrecedence", row -> row.number("/spec/matchingPrecedence")),
        Column.of(
            "DistinguisherMethod", row -> row.textOr("/spec/distinguisherMethod/type", Row.NONE)),
        Column.age(),
        Column.of(
            "MissingPL",
            row -> {
              String status = row.condition("Dangling");
              return status.isEmpty() ? "?" : status;
            }));
  }

  private static List<Column> levels() {
    String limited = "/spec/limited";
    String queuing = limited + "/limitResponse/queuing";
    return List.of(
        Column.name(),
        Column.of("Type", row -> row.text("/spec/type")),
        Column.of(
            "NominalConcurrencyShares",
            row ->
                row.textOr(
                    limited + "/nominalConcurrencyShares",
                    row.textOr("/spec/exempt/nominalConcurrencyShares", Row.NONE))),
        Column.of("Queues", row -> row.textOr(queuing + "/queues", Row.NONE)),
        Column.of("HandSize", row -> row.textOr(queuing + "/handSize", Row.NONE)),
        Column.of("QueueLengthLimit", row -> row.textOr(queuing + "/queueLengthLimit", Row.NONE)),
        Column.age());
  }
}
