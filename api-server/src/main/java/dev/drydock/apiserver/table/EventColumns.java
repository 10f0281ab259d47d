package dev.drydock.apiserver.table;

import dev.drydock.api.time.KubernetesTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Events, in both of their API groups.
final class EventColumns {

  /// Where the fields of a group's events are.
  private record Fields(
      String object, String source, String first, String last, String count, String message) {}

  private static final Fields CORE =
      new Fields(
          "/involvedObject", "/source", "/firstTimestamp", "/lastTimestamp", "/count", "/message");
  private static final Fields EVENTS =
      new Fields(
          "/regarding",
          "/deprecatedSource",
          "/deprecatedFirstTimestamp",
          "/deprecatedLastTimestamp",
          "/deprecatedCount",
          "/note");

  private EventColumns() {}

  static Map<String, List<Column>> all() {
    return Map.of("events", columns(CORE), "events.events.k8s.io", columns(EVENTS));
  }

  private static List<Column> columns(Fields fields) {
    return List.of(
        Column.of("Last Seen", row -> ago(row, last(row, fields))),
        Column.of("Type", row -> row.text("/type")),
        Column.of("Reason", row -> row.text("/reason")),
        Column.of("Object", row -> object(row, fields)),
        Column.of("Subobject", row -> row.text(fields.object() + "/fieldPath")).wide(),
        Column.of("Source", row -> source(row, fields)).wide(),
        Column.of("Message", row -> row.text(fields.message()).strip()),
        Column.of("First Seen", row -> ago(row, first(row, fields))).wide(),
        Column.number("Count", row -> count(row, fields)).wide(),
        new Column("Name", "string", "name", 1, Row::name));
  }

  private static Object ago(Row row, Instant time) {
    return time.equals(Instant.EPOCH) ? Row.UNKNOWN : row.ago(time);
  }

  private static Instant first(Row row, Fields fields) {
    Instant time = KubernetesTime.parseOrEpoch(row.text(fields.first()));
    return time.equals(Instant.EPOCH) ? KubernetesTime.parseOrEpoch(row.text("/eventTime")) : time;
  }

  private static Instant last(Row row, Fields fields) {
    Instant series = KubernetesTime.parseOrEpoch(row.text("/series/lastObservedTime"));
    if (!series.equals(Instant.EPOCH)) {
      return series;
    }
    Instant time = KubernetesTime.parseOrEpoch(row.text(fields.last()));
    return time.equals(Instant.EPOCH) ? first(row, fields) : time;
  }

  private static Object count(Row row, Fields fields) {
    long series = row.number("/series/count");
    return series > 0 ? series : Math.max(1, row.number(fields.count()));
  }

  private static Object object(Row row, Fields fields) {
    String kind = row.text(fields.object() + "/kind").toLowerCase(Locale.ROOT);
    String name = row.text(fields.object() + "/name");
    return name.isEmpty() ? kind : kind + "/" + name;
  }

  private static Object source(Row row, Fields fields) {
    String component =
        row.textOr(
            fields.source() + "/component",
            row.textOr("/reportingComponent", row.text("/reportingController")));
    String host = row.textOr(fields.source() + "/host", row.text("/reportingInstance"));
    return host.isEmpty() ? component : component + ", " + host;
  }
}
