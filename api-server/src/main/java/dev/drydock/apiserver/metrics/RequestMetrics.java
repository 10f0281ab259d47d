package dev.drydock.apiserver.metrics;

import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import dev.drydock.client.health.Metrics;
import dev.drydock.client.health.Metrics.Counter;
import dev.drydock.client.health.Metrics.Histogram;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts and times requests under the names of the real api-server.
public final class RequestMetrics implements Filter {
  private static final List<Double> SECONDS =
      List.of(0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0);

  private final Metrics registry;
  private final ConcurrentMap<Key, Meters> meters = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger lasting = new AtomicInteger();
  private final InstantSource clock;

  private record Key(
      String verb, String group, String version, String resource, String subresource, int code) {}

  private record Meters(Counter count, Histogram duration) {}

  public RequestMetrics(Metrics registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
    inFlight("readOnly", reads);
    inFlight("mutating", writes);
    registry.gauge(
        "apiserver_longrunning_requests",
        "Watches, logs and other requests that are open.",
        Map.of(),
        lasting::get);
  }

  private void inFlight(String kind, AtomicInteger count) {
    registry.gauge(
        "apiserver_current_inflight_requests",
        "Requests that are being carried out.",
        Map.of("request_kind", kind),
        count::get);
  }

  @Override
  public void before(Call call) {
    running(call).incrementAndGet();
  }

  @Override
  public void after(Call call, Outcome outcome) {
    running(call).decrementAndGet();
    Meters found = meters.computeIfAbsent(key(call, outcome), this::meters);
    found.count().increment();
    if (call.arrival().lasting() == Call.Lasting.SHORT) {
      Duration took = Duration.between(call.arrival().received(), clock.instant());
      found.duration().observe(took.toNanos() / 1e9);
    }
  }

  private AtomicInteger running(Call call) {
    if (call.arrival().lasting() == Call.Lasting.LONG) {
      return lasting;
    }
    return call.subject() instanceof Subject.Resource resource && resource.verb().writes()
        ? writes
        : reads;
  }

  private static Key key(Call call, Outcome outcome) {
    return switch (call.subject()) {
      case Subject.Path path ->
          new Key(path.verbText().equals("get") ? "GET" : "", "", "", "", "", outcome.code());
      case Subject.Resource(Verb verb, Target target, _) ->
          new Key(
              word(verb),
              target.type().group(),
              target.type().version(),
              target.type().resource(),
              target.subresource().length() > 20 ? "" : target.subresource(),
              outcome.code());
    };
  }

  private static String word(Verb verb) {
    return switch (verb) {
      case GET -> "GET";
      case LIST -> "LIST";
      case WATCH -> "WATCH";
      case CREATE -> "POST";
      case UPDATE -> "PUT";
      case PATCH -> "PATCH";
      case DELETE -> "DELETE";
      case DELETECOLLECTION -> "DELETECOLLECTION";
    };
  }

  private Meters meters(Key key) {
    Map<String, String> labels = new TreeMap<>();
    labels.put("verb", key.verb());
    labels.put("group", key.group());
    labels.put("version", key.version());
    labels.put("resource", key.resource());
    labels.put("subresource", key.subresource());
    Histogram duration =
        registry.histogram(
            "apiserver_request_duration_seconds",
            "How long requests take that are expected to end.",
            labels,
            SECONDS);
    labels.put("code", Integer.toString(key.code()));
    Counter count =
        registry.counter("apiserver_request_total", "Requests that were answered.", labels);
    return new Meters(count, duration);
  }
}
