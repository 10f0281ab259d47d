package dev.drydock.apiserver.table;

import dev.drydock.api.time.HumanDuration;
import dev.drydock.api.time.KubernetesTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// What makes pods: Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, CronJobs.
final class WorkloadColumns {
  private static final String TEMPLATE = "/spec/template";
  private static final List<String> JOB_CONDITIONS =
      List.of("Suspended", "FailureTarget", "SuccessCriteriaMet");

  private WorkloadColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of(
        "deployments.apps", deployments(),
        "replicasets.apps", replicas(true),
        "replicationcontrollers", replicas(false),
        "statefulsets.apps", statefulSets(),
        "daemonsets.apps", daemonSets(),
        "jobs.batch", jobs(),
        "cronjobs.batch", cronJobs(),
        "controllerrevisions.apps", revisions());
  }

  /// Of the sub-resource `scale`.
  static List<Column> scale() {
    return List.of(
        Column.name(),
        Column.number("Desired", row -> row.number("/spec/replicas")),
        Column.number("Available", row -> row.number("/status/replicas")),
        Column.age());
  }

  private static List<Column> deployments() {
    return withTemplate(
        List.of(
            Column.name(),
            Column.of("Ready", row -> readyOf(row, "/status/readyReplicas")),
            Column.number("Up-to-date", row -> row.number("/status/updatedReplicas")),
            Column.number("Available", row -> row.number("/status/availableReplicas")),
            Column.age()),
        TEMPLATE,
        row -> Selectors.selector(row.at("/spec/selector")));
  }

  private static Object readyOf(Row row, String ready) {
    return row.number(ready) + "/" + row.number("/spec/replicas");
  }

  private static List<Column> replicas(boolean setSelector) {
    return withTemplate(
        List.of(
            Column.name(),
            Column.number("Desired", row -> row.number("/spec/replicas")),
            Column.number("Current", row -> row.number("/status/replicas")),
            Column.number("Ready", row -> row.number("/status/readyReplicas")),
            Column.age()),
        TEMPLATE,
        row ->
            setSelector
                ? Selectors.selector(row.at("/spec/selector"))
                : Selectors.labels(row.at("/spec/selector")));
  }

  private static List<Column> statefulSets() {
    return List.of(
        Column.name(),
        Column.of("Ready", row -> readyOf(row, "/status/readyReplicas")),
        Column.age(),
        containers(TEMPLATE),
        images(TEMPLATE));
  }

  private static List<Column> daemonSets() {
    return withTemplate(
        List.of(
            Column.name(),
            Column.number("Desired", row -> row.number("/status/desiredNumberScheduled")),
            Column.number("Current", row -> row.number("/status/currentNumberScheduled")),
            Column.number("Ready", row -> row.number("/status/numberReady")),
            Column.number("Up-to-date", row -> row.number("/status/updatedNumberScheduled")),
            Column.number("Available", row -> row.number("/status/numberAvailable")),
            Column.of(
                "Node Selector",
                row -> Selectors.labels(row.at("/spec/template/spec/nodeSelector"))),
            Column.age()),
        TEMPLATE,
        row -> Selectors.selector(row.at("/spec/selector")));
  }

  private static List<Column> jobs() {
    return withTemplate(
        List.of(
            Column.name(),
            Column.of("Status", WorkloadColumns::jobStatus),
            Column.of("Completions", WorkloadColumns::completions),
            Column.of("Duration", WorkloadColumns::duration),
            Column.age()),
        TEMPLATE,
        row -> Selectors.selector(row.at("/spec/selector")));
  }

  private static Object jobStatus(Row row) {
    if (row.hasCondition("Complete")) {
      return "Complete";
    }
    if (row.hasCondition("Failed")) {
      return "Failed";
    }
    if (row.isBeingDeleted()) {
      return "Terminating";
    }
    return JOB_CONDITIONS.stream().filter(row::hasCondition).findFirst().orElse("Running");
  }

  private static Object completions(Row row) {
    long succeeded = row.number("/status/succeeded");
    if (row.has("/spec/completions")) {
      return succeeded + "/" + row.number("/spec/completions");
    }
    long parallelism = row.number("/spec/parallelism");
    return succeeded + "/1" + (parallelism > 1 ? " of " + parallelism : "");
  }

  private static Object duration(Row row) {
    Instant start = KubernetesTime.parseOrEpoch(row.text("/status/startTime"));
    if (start.equals(Instant.EPOCH)) {
      return "";
    }
    Instant end = KubernetesTime.parseOrEpoch(row.text("/status/completionTime"));
    return HumanDuration.format(
        Duration.between(start, end.equals(Instant.EPOCH) ? row.now() : end));
  }

  private static List<Column> cronJobs() {
    String template = "/spec/jobTemplate/spec/template";
    return withTemplate(
        List.of(
            Column.name(),
            Column.of("Schedule", row -> row.text("/spec/schedule")),
            Column.of("Timezone", row -> row.textOr("/spec/timeZone", Row.NONE)),
            Column.of("Suspend", row -> row.capitalTruth("/spec/suspend")),
            Column.number("Active", row -> row.at("/status/active").size()),
            Column.of("Last Schedule", row -> row.agoOr("/status/lastScheduleTime", Row.NONE)),
            Column.age()),
        template,
        row -> Selectors.selector(row.at("/spec/jobTemplate/spec/selector")));
  }

  private static List<Column> revisions() {
    return List.of(
        Column.name(),
        Column.of("Controller", WorkloadColumns::controller),
        Column.number("Revision", row -> row.number("/revision")),
        Column.age());
  }

  private static Object controller(Row row) {
    for (JsonNode owner : row.at("/metadata/ownerReferences")) {
      if (owner.path("controller").asBoolean(false)) {
        String apiVersion = owner.path("apiVersion").asString("");
        int slash = apiVersion.indexOf('/');
        String kind = owner.path("kind").asString("").toLowerCase(java.util.Locale.ROOT);
        return kind
            + (slash < 0 ? "" : "." + apiVersion.substring(0, slash))
            + "/"
            + owner.path("name").asString("");
      }
    }
    return Row.NONE;
  }

  private static List<Column> withTemplate(
      List<Column> first, String template, java.util.function.Function<Row, Object> selector) {
    var all = new ArrayList<>(first);
    all.add(containers(template));
    all.add(images(template));
    all.add(Column.of("Selector", selector).wide());
    return List.copyOf(all);
  }

  private static Column containers(String template) {
    return Column.of(
            "Containers", row -> String.join(",", row.texts(template + "/spec/containers", "name")))
        .wide();
  }

  private static Column images(String template) {
    return Column.of(
            "Images", row -> String.join(",", row.texts(template + "/spec/containers", "image")))
        .wide();
  }
}
