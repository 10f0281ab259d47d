package dev.drydock.client.health;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/// A process's metrics and their Prometheus text. Names and labels are Kubernetes' own where
/// Kubernetes has the metric.
///
/// A registry of our own: all we need is a map of numbers, in a heap of 64 MB.
public final class Metrics {
  private final Map<String, Family> families = new ConcurrentSkipListMap<>();

  private record Family(String help, String type, Map<String, Value> values) {}

  /// One number, or several, under one set of labels.
  sealed interface Value permits Counter, Gauge, Histogram {}

  /// Only grows.
  public static final class Counter implements Value {
    private final DoubleAdder sum = new DoubleAdder();

    public void increment() {
      sum.add(1);
    }

    public void add(double amount) {
      sum.add(amount);
    }
  }

  record Gauge(DoubleSupplier value) implements Value {}

  /// Counts observations in ranges.
  public static final class Histogram implements Value {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    private Histogram(double... bounds) {
      this.bounds = bounds;
      this.counts = new LongAdder[bounds.length + 1];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    public void observe(double value) {
      int i = 0;
      while (i < bounds.length && value > bounds[i]) {
        i++;
      }
      counts[i].increment();
      sum.add(value);
    }
  }

  /// A registry with what every process tells: start time, CPU, memory, threads.
  public Metrics() {
    gauge(
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        Map.of(),
        () -> ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0);
    gauge(
        "jvm_memory_used_bytes",
        "Heap in use.",
        Map.of("area", "heap"),
        () -> Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    gauge(
        "jvm_threads_live",
        "Platform threads.",
        Map.of(),
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }

  /// The counter of that name and labels, made when there is none yet.
  public Counter counter(String name, String help, Map<String, String> labels) {
    return (Counter)
        family(name, help, "counter").values().computeIfAbsent(labels(labels), _ -> new Counter());
  }

  /// A number that is asked for when somebody looks.
  public void gauge(String name, String help, Map<String, String> labels, DoubleSupplier value) {
    family(name, help, "gauge").values().put(labels(labels), new Gauge(value));
  }

  /// The histogram of that name and labels, made when there is none yet.
  ///
  /// @param bounds upper bounds of the ranges, ascending
  public Histogram histogram(
      String name, String help, Map<String, String> labels, List<Double> bounds) {
    return (Histogram)
        family(name, help, "histogram")
            .values()
            .computeIfAbsent(
                labels(labels),
                _ -> new Histogram(bounds.stream().mapToDouble(Double::doubleValue).toArray()));
  }

  private Family family(String name, String help, String type) {
    return families.computeIfAbsent(
        name, _ -> new Family(help, type, new ConcurrentSkipListMap<>()));
  }

  private static String labels(Map<String, String> labels) {
    var text = new StringBuilder();
    new TreeMap<>(labels)
        .forEach(
            (name, value) ->
                text.append(text.isEmpty() ? "" : ",")
                    .append(name)
                    .append("=\"")
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"'));
    return text.toString();
  }

  /// All of it in Prometheus' text format.
  public String text() {
    var out = new StringBuilder(4096);
    families.forEach(
        (name, family) -> {
          out.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
          out.append("# TYPE ").append(name).append(' ').append(family.type()).append('\n');
          family.values().forEach((labels, value) -> print(out, name, labels, value));
        });
    return out.toString();
  }

  private static void print(StringBuilder out, String name, String labels, Value value) {
    switch (value) {
      case Counter counter -> line(out, name, labels, counter.sum.sum());
      case Gauge(DoubleSupplier now) -> line(out, name, labels, now.getAsDouble());
      case Histogram histogram -> {
        String before = labels.isEmpty() ? "" : labels + ",";
        long count = 0;
        for (int i = 0; i < histogram.counts.length; i++) {
          count += histogram.counts[i].sum();
          String bound =
              i == histogram.bounds.length ? "+Inf" : Double.toString(histogram.bounds[i]);
          line(out, name + "_bucket", before + "le=\"" + bound + '"', (double) count);
        }
        line(out, name + "_sum", labels, histogram.sum.sum());
        line(out, name + "_count", labels, (double) count);
      }
    }
  }

  private static void line(StringBuilder out, String name, String labels, double value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.append((long) value);
    } else {
      out.append(value);
    }
    out.append('\n');
  }
}
