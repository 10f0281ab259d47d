package dev.drydock.kubelet.usage;

import dev.drydock.kubelet.runtime.ContainerUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;

/// A node's usage as `/metrics/resource` tells it: text for Prometheus, with the time of the
/// measurement.
final class ResourceMetrics {
  private final StringBuilder text = new StringBuilder();
  private final Instant at;

  private ResourceMetrics(Instant at) {
    this.at = at;
  }

  static String of(NodeUsage.Reading reading) {
    var metrics = new ResourceMetrics(reading.at());
    metrics.containers(reading);
    metrics.head(
        "node_cpu_usage_seconds_total",
        "counter",
        "Cumulative cpu time consumed by the node in core-seconds");
    metrics.sample("node_cpu_usage_seconds_total", "", seconds(reading.nanoSeconds()));
    metrics.head(
        "node_memory_working_set_bytes", "gauge", "Current working set of the node in bytes");
    long memory = reading.pods().stream().mapToLong(pod -> pod.sum(ContainerUsage::memory)).sum();
    metrics.sample("node_memory_working_set_bytes", "", String.valueOf(memory));
    metrics.pods(reading);
    metrics.head(
        "resource_scrape_error",
        "gauge",
        "1 if there was an error while getting container metrics, 0 otherwise");
    metrics.text.append("resource_scrape_error 0\n");
    return metrics.text.toString();
  }

  private void containers(NodeUsage.Reading reading) {
    head(
        "container_cpu_usage_seconds_total",
        "counter",
        "Cumulative cpu time consumed by the container in core-seconds");
    each(reading, "container_cpu_usage_seconds_total", usage -> seconds(usage.nanoSeconds()));
    head(
        "container_memory_working_set_bytes",
        "gauge",
        "Current working set of the container in bytes");
    each(reading, "container_memory_working_set_bytes", usage -> String.valueOf(usage.memory()));
    head(
        "container_start_time_seconds",
        "gauge",
        "Start time of the container since unix epoch in seconds");
    each(
        reading,
        "container_start_time_seconds",
        usage -> BigDecimal.valueOf(usage.startedAt().toEpochMilli(), 3).toPlainString());
  }

  private interface Figure {
    String of(ContainerUsage usage);
  }

  private void each(NodeUsage.Reading reading, String name, Figure figure) {
    for (PodUsage pod : reading.pods()) {
      pod.containers()
          .forEach(
              (container, usage) ->
                  sample(name, "container=\"" + container + "\"," + labels(pod), figure.of(usage)));
    }
  }

  private void pods(NodeUsage.Reading reading) {
    head(
        "pod_cpu_usage_seconds_total",
        "counter",
        "Cumulative cpu time consumed by the pod in core-seconds");
    for (PodUsage pod : reading.pods()) {
      String used = seconds(pod.sum(ContainerUsage::nanoSeconds));
      sample("pod_cpu_usage_seconds_total", labels(pod), used);
    }
    head("pod_memory_working_set_bytes", "gauge", "Current working set of the pod in bytes");
    for (PodUsage pod : reading.pods()) {
      String used = String.valueOf(pod.sum(ContainerUsage::memory));
      sample("pod_memory_working_set_bytes", labels(pod), used);
    }
  }

  private static String labels(PodUsage pod) {
    return String.format(Locale.ROOT, "namespace=\"%s\",pod=\"%s\"", pod.namespace(), pod.name());
  }

  private static String seconds(long nanoSeconds) {
    return BigDecimal.valueOf(nanoSeconds, 9).toPlainString();
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(" [STABLE] ").append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, String value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(value).append(' ').append(at.toEpochMilli()).append('\n');
  }
}
