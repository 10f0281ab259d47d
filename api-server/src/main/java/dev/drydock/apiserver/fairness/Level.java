package dev.drydock.apiserver.fairness;

import dev.drydock.api.status.ApiException;
import dev.drydock.apiserver.fairness.FairQueues.Refused;
import dev.drydock.client.health.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// A priority level at work.
final class Level {
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final LevelSpec spec;
  private final FairQueues queues;
  private final Means means;
  private final LongAdder executing = new LongAdder();
  private final LongAdder dispatched = new LongAdder();
  private final LongAdder rejected = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private volatile SeatSharing.Bounds bounds = new SeatSharing.Bounds(0, 0, 0);
  private double smoothDemand;

  /// @param patience how long a request may wait
  record Means(InstantSource clock, Metrics metrics, Duration patience) {}

  Level(LevelSpec spec, Means means) {
    this(spec, means, new FairQueues(spec.queuing(), 1, means.clock()));
  }

  private Level(LevelSpec spec, Means means, FairQueues queues) {
    this.spec = spec;
    this.means = means;
    this.queues = queues;
  }

  /// The same seats and queues under other settings, if these allow.
  Level with(LevelSpec changed) {
    return changed.keepsQueuesOf(spec)
        ? new Level(changed, means, queues)
        : new Level(changed, means);
  }

  LevelSpec spec() {
    return spec;
  }

  FairQueues queues() {
    return queues;
  }

  SeatSharing.Bounds bounds() {
    return bounds;
  }

  void bounds(SeatSharing.Bounds now) {
    bounds = now;
  }

  /// Called by one thread at a time.
  ///
  /// @param memory how much of the past counts, 0 to 1
  SeatSharing.Demand takeDemand(double memory) {
    int high = queues.takeHighest();
    smoothDemand = Math.max(high, memory * smoothDemand + (1 - memory) * high);
    return new SeatSharing.Demand(bounds, high, smoothDemand);
  }

  /// Takes seats for a request, waiting for them if need be.
  ///
  /// @throws ApiException `TooManyRequests`
  Seating enter(Flow flow, String distinguished, int width) {
    if (spec.kind() == LevelSpec.Kind.EXEMPT) {
      return seated(null, Instant.MIN, 0);
    }
    // Of a busy level's seats one request may not want all.
    int wanted = Math.max(1, Math.min(width, queues.limit()));
    if (queues.trySit(wanted)) {
      return seated(null, Instant.MIN, wanted);
    }
    if (spec.kind() == LevelSpec.Kind.REJECTING) {
      throw refused(flow, "concurrency-limit");
    }
    Instant arrived = means.clock().instant();
    var waiter =
        new Waiter(
            new Waiter.Asking(
                flow.spec().name(),
                distinguished,
                ShuffleSharding.hash(flow.spec().name(), distinguished),
                wanted,
                arrived));
    try {
      FairQueues.Queue queue = queues.queueUp(waiter, means.patience());
      return seated(queue, means.clock().instant(), wanted);
    } catch (Refused refused) {
      throw switch (refused.refusal()) {
        case QUEUE_FULL -> refused(flow, "queue-full");
        case TIME_OUT -> {
          timedOut.increment();
          yield refused(flow, "time-out");
        }
      };
    }
  }

  private Seating seated(FairQueues.@Nullable Queue queue, Instant sat, int width) {
    executing.increment();
    dispatched.increment();
    return new Seating(queue, sat, width);
  }

  private ApiException refused(Flow flow, String reason) {
    rejected.increment();
    means
        .metrics()
        .counter(
            "apiserver_flowcontrol_rejected_requests_total",
            "Requests that were refused by priority and fairness.",
            Map.of(
                "flow_schema", flow.spec().name(), "priority_level", spec.name(), "reason", reason))
        .increment();
    return ApiException.tooManyRequests("Too many requests, please try again later.", RETRY_AFTER);
  }

  void leave(Seating seating) {
    executing.decrement();
    if (seating.width() > 0) {
      queues.stand(seating.width(), seating.queue(), seating.since());
    }
  }

  /// Where a request sits.
  ///
  /// @param queue where it waited; null: it did not
  record Seating(FairQueues.@Nullable Queue queue, Instant since, int width) {}

  /// Figures since the start.
  record Figures(long executing, long dispatched, long rejected, long timedOut) {}

  Figures figures() {
    return new Figures(executing.sum(), dispatched.sum(), rejected.sum(), timedOut.sum());
  }
}
