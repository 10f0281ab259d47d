package dev.drydock.apiserver.fairness;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.apiserver.registry.flowcontrol.StandardFlows;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.databind.node.ObjectNode;

/// The levels and schemas in force: the stored ones, and beneath them those that every cluster
/// begins with, so that a server that has read nothing yet is fair too.
public final class FlowControl {
  /// As often as Kubernetes.
  private static final Duration SHARING = Duration.ofSeconds(10);

  private static final double MEMORY = 0.977;
  private static final String CATCH_ALL = "catch-all";

  private final int seats;
  private final Level.Means means;
  private final Timers timers;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile FlowTable table;

  @GuardedBy("lock")
  private final Map<String, FlowSpec> schemas = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, LevelSpec> levels = new HashMap<>();

  /// @param seats how many requests may be carried out at a time, in all levels together
  /// @param patience how long one may wait
  public FlowControl(int seats, Duration patience, Metrics metrics, Sources sources) {
    this.seats = seats;
    this.means = new Level.Means(sources.clock(), metrics, patience);
    this.timers = sources.timers();
    this.table = new FlowTable(List.of(), Map.of());
    lock.lock();
    try {
      for (ObjectNode object : StandardFlows.levels()) {
        LevelSpec level = LevelSpec.of(object);
        levels.put(level.name(), level);
      }
      for (ObjectNode object : StandardFlows.schemas()) {
        FlowSpec schema = FlowSpec.of(object);
        schemas.put(schema.name(), schema);
      }
      rebuild();
    } finally {
      lock.unlock();
    }
  }

  /// Where time comes from.
  public record Sources(java.time.InstantSource clock, Timers timers) {}

  /// Begins to share seats by demand; never ends.
  public void start() {
    timers.after(SHARING, this::share);
  }

  private void share() {
    lock.lock();
    try {
      shareSeats(MEMORY);
    } finally {
      lock.unlock();
    }
    timers.after(SHARING, this::share);
  }

  FlowTable table() {
    return table;
  }

  void put(FlowSpec schema) {
    lock.lock();
    try {
      schemas.put(schema.name(), schema);
      rebuild();
    } finally {
      lock.unlock();
    }
  }

  void removeSchema(String name) {
    lock.lock();
    try {
      schemas.remove(name);
      rebuild();
    } finally {
      lock.unlock();
    }
  }

  void put(LevelSpec level) {
    lock.lock();
    try {
      levels.put(level.name(), level);
      rebuild();
    } finally {
      lock.unlock();
    }
  }

  void removeLevel(String name) {
    lock.lock();
    try {
      levels.remove(name);
      rebuild();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void rebuild() {
    Map<String, Level> before = table.levels();
    Map<String, Level> now = new HashMap<>();
    levels.forEach(
        (name, spec) -> {
          Level known = before.get(name);
          now.put(
              name,
              known == null
                  ? new Level(spec, means)
                  : known.spec().equals(spec) ? known : known.with(spec));
        });
    List<Flow> flows = new ArrayList<>();
    schemas.values().stream()
        .sorted(FlowSpec.ORDER)
        .forEach(
            schema -> {
              Level level = now.get(schema.level());
              if (level != null) {
                flows.add(new Flow(schema, level, dispatched(schema)));
              }
            });
    addLast(flows, now);
    table = new FlowTable(flows, now);
    bound(now);
    shareSeats(1);
  }

  /// There is always one that takes everything, even while somebody deletes it.
  private void addLast(List<Flow> flows, Map<String, Level> now) {
    if (!flows.isEmpty() && flows.getLast().spec().name().equals(CATCH_ALL)) {
      return;
    }
    FlowSpec last =
        StandardFlows.schemas().stream()
            .map(FlowSpec::of)
            .filter(schema -> schema.name().equals(CATCH_ALL))
            .findFirst()
            .orElseThrow();
    Level level =
        now.computeIfAbsent(
            CATCH_ALL,
            _ ->
                new Level(
                    StandardFlows.levels().stream()
                        .map(LevelSpec::of)
                        .filter(spec -> spec.name().equals(CATCH_ALL))
                        .findFirst()
                        .orElseThrow(),
                    means));
    flows.add(new Flow(last, level, dispatched(last)));
  }

  private Metrics.Counter dispatched(FlowSpec schema) {
    return means
        .metrics()
        .counter(
            "apiserver_flowcontrol_dispatched_requests_total",
            "Requests that were let through by priority and fairness.",
            Map.of("flow_schema", schema.name(), "priority_level", schema.level()));
  }

  private void bound(Map<String, Level> now) {
    int shares = now.values().stream().mapToInt(level -> level.spec().shares()).sum();
    now.forEach(
        (name, level) -> {
          level.bounds(SeatSharing.bounds(level.spec(), seats, shares));
          FlowGauges.add(means.metrics(), name, this);
        });
  }

  @GuardedBy("lock")
  private void shareSeats(double memory) {
    List<Level> limited =
        table.levels().values().stream()
            .filter(level -> level.spec().kind() != LevelSpec.Kind.EXEMPT)
            .toList();
    List<Integer> shares =
        SeatSharing.of(limited.stream().map(level -> level.takeDemand(memory)).toList(), seats);
    for (int i = 0; i < shares.size(); i++) {
      limited.get(i).queues().limit(shares.get(i));
    }
  }
}
