package dev.drydock.apiserver.fairness;

import dev.drydock.client.health.Metrics;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What the metrics tell of a level at any moment.
final class FlowGauges {
  private FlowGauges() {}

  /// Adding the same again changes nothing.
  static void add(Metrics metrics, String level, FlowControl control) {
    var labels = Map.of("priority_level", level);
    gauge(
        metrics,
        "apiserver_flowcontrol_nominal_limit_seats",
        "Seats of a priority level when nobody lends.",
        labels,
        control,
        it -> it.bounds().nominal());
    gauge(
        metrics,
        "apiserver_flowcontrol_current_limit_seats",
        "Seats of a priority level now.",
        labels,
        control,
        it -> it.queues().limit());
    gauge(
        metrics,
        "apiserver_flowcontrol_current_executing_seats",
        "Seats that are taken.",
        labels,
        control,
        it -> it.queues().seatsInUse());
    gauge(
        metrics,
        "apiserver_flowcontrol_current_executing_requests",
        "Requests that are being carried out.",
        labels,
        control,
        it -> it.figures().executing());
    gauge(
        metrics,
        "apiserver_flowcontrol_current_inqueue_requests",
        "Requests that wait for their turn.",
        labels,
        control,
        it -> it.queues().waitingRequests());
  }

  private static void gauge(
      Metrics metrics,
      String name,
      String help,
      Map<String, String> labels,
      FlowControl control,
      ToDoubleFunction<Level> value) {
    String level = labels.getOrDefault("priority_level", "");
    metrics.gauge(
        name,
        help,
        labels,
        () -> {
          Level found = control.table().levels().get(level);
          return found == null ? 0 : value.applyAsDouble(found);
        });
  }
}
