package dev.drydock.apiserver.metrics;

import dev.drydock.apiserver.filter.Call;
import dev.drydock.apiserver.filter.Filter;
import dev.drydock.apiserver.filter.Outcome;
import dev.drydock.apiserver.filter.Subject;
import dev.drydock.apiserver.request.Target;
import dev.drydock.apiserver.request.Verb;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts and times requests under the names of the real api-server.
public final class RequestMetrics implements Filter {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ConcurrentMap<Key, Meters> meters = new ConcurrentHashMap<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private final AtomicInteger lasting = new AtomicInteger();
  private final InstantSource clock;

  private record Key(
      String verb, String group, String version, String resource, String subresource, int code) {}

  private record Meters(Counter count, Timer duration) {}

  public RequestMetrics(InstantSource clock) {
    this.clock = clock;
    inFlight("readOnly", reads);
    inFlight("mutating", writes);
    Gauge.builder("apiserver_longrunning_requests", lasting, AtomicInteger::get).register(registry);
  }

  private void inFlight(String kind, AtomicInteger count) {
    Gauge.builder("apiserver_current_inflight_requests", count, AtomicInteger::get)
        .tags("request_kind", kind)
        .register(registry);
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
      found.duration().record(Duration.between(call.arrival().received(), clock.instant()));
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
    Tags tags =
        Tags.of(
            "verb",
            key.verb(),
            "group",
            key.group(),
            "version",
            key.version(),
            "resource",
            key.resource(),
            "subresource",
            key.subresource());
    return new Meters(
        Counter.builder("apiserver_request_total")
            .tags(tags.and("code", Integer.toString(key.code())))
            .register(registry),
        Timer.builder("apiserver_request_duration_seconds")
            .tags(tags)
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30))
            .register(registry));
  }

  /// Adds what a JVM has to say of itself.
  public void describeProcess() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /// Adds a number that is asked for at each scrape.
  public void gauge(String name, java.util.function.Supplier<Number> value) {
    Gauge.builder(name, value).register(registry);
  }

  /// In Prometheus' text form.
  public String scrape() {
    return registry.scrape();
  }
}
