package dev.drydock.scheduler;

import dev.drydock.client.health.Metrics;
import dev.drydock.scheduler.queue.SchedulingQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// The scheduler's metrics, under Kubernetes' names.
final class SchedulerMetrics {
  private static final List<Double> BOUNDS =
      List.of(0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.0, 5.0, 20.0);

  private final Metrics metrics;
  private final String profile;

  /// How an attempt ended.
  enum Outcome {
    SCHEDULED("scheduled"),
    UNSCHEDULABLE("unschedulable"),
    ERROR("error");

    private final String text;

    Outcome(String text) {
      this.text = text;
    }
  }

  SchedulerMetrics(Metrics metrics, String profile) {
    this.metrics = metrics;
    this.profile = profile;
  }

  void watch(SchedulingQueue queue) {
    pending("active", queue, SchedulingQueue.Counts::active);
    pending("backoff", queue, SchedulingQueue.Counts::backoff);
    pending("unschedulable", queue, SchedulingQueue.Counts::unschedulable);
    pending("gated", queue, SchedulingQueue.Counts::gated);
  }

  private void pending(
      String name, SchedulingQueue queue, ToIntFunction<SchedulingQueue.Counts> count) {
    metrics.gauge(
        "scheduler_pending_pods",
        "Number of pending pods, by the queue type.",
        Map.of("queue", name),
        () -> count.applyAsInt(queue.counts()));
  }

  /// @param took from taking the pod from the queue
  void attempted(Outcome outcome, Duration took) {
    Map<String, String> labels = Map.of("profile", profile, "result", outcome.text);
    metrics
        .counter(
            "scheduler_schedule_attempts_total",
            "Number of attempts to schedule pods, by the result.",
            labels)
        .increment();
    metrics
        .histogram(
            "scheduler_scheduling_attempt_duration_seconds",
            "Scheduling attempt latency in seconds (scheduling algorithm + binding).",
            labels,
            BOUNDS)
        .observe(took.toNanos() / 1e9);
  }

  /// @param waited since the pod was first seen
  void placed(Duration waited, int attempts) {
    metrics
        .histogram(
            "scheduler_pod_scheduling_sli_duration_seconds",
            "E2e latency for a pod being scheduled, from the time the pod enters the scheduling"
                + " queue.",
            Map.of("attempts", Integer.toString(Math.min(attempts, 16))),
            BOUNDS)
        .observe(waited.toNanos() / 1e9);
  }
}
