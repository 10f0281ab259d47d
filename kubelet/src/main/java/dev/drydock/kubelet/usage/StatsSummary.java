package dev.drydock.kubelet.usage;

import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.time.KubernetesTime;
import dev.drydock.kubelet.runtime.ContainerUsage;
import java.time.Instant;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// A node's usage as `/stats/summary` tells it.
final class StatsSummary {
  private StatsSummary() {}

  /// @param capacity of the node
  static ObjectNode of(String node, NodeUsage.Reading reading, Map<String, Quantity> capacity) {
    ObjectNode summary = JsonNodeFactory.instance.objectNode();
    ObjectNode whole = summary.putObject("node");
    whole.put("nodeName", node);
    whole.put("startTime", KubernetesTime.seconds(reading.startedAt()));
    long nanoCores = sum(reading, ContainerUsage::nanoCores);
    cpu(whole, reading.at(), nanoCores, reading.nanoSeconds());
    long memory = sum(reading, ContainerUsage::memory);
    memory(whole, reading.at(), memory, capacity.get("memory"));
    ObjectNode files = files(whole, "fs", reading.at(), capacity.get("ephemeral-storage"));
    files.put("usedBytes", sum(reading, usage -> usage.files() + usage.log()));
    ObjectNode limits = whole.putObject("rlimit");
    limits.put("time", KubernetesTime.seconds(reading.at()));
    limits.put("maxpid", 4_194_304);
    limits.put("curproc", sum(reading, ContainerUsage::processes));
    ArrayNode pods = summary.putArray("pods");
    for (PodUsage pod : reading.pods()) {
      pod(pods.addObject(), pod, reading.at(), capacity);
    }
    return summary;
  }

  private static long sum(NodeUsage.Reading reading, ToLongFunction<ContainerUsage> of) {
    return reading.pods().stream().mapToLong(pod -> pod.sum(of)).sum();
  }

  private static void pod(
      ObjectNode into, PodUsage pod, Instant at, Map<String, Quantity> capacity) {
    ObjectNode reference = into.putObject("podRef");
    reference.put("name", pod.name());
    reference.put("namespace", pod.namespace());
    reference.put("uid", pod.pod().getMetadata().getUid());
    if (pod.pod().getStatus() != null && pod.pod().getStatus().getStartTime() != null) {
      into.put("startTime", pod.pod().getStatus().getStartTime());
    }
    Quantity storage = capacity.get("ephemeral-storage");
    ArrayNode containers = into.putArray("containers");
    pod.containers()
        .forEach((name, usage) -> container(containers.addObject(), name, usage, at, storage));
    cpu(into, at, pod.sum(ContainerUsage::nanoCores), pod.sum(ContainerUsage::nanoSeconds));
    memory(into, at, pod.sum(ContainerUsage::memory), null);
    files(into, "ephemeral-storage", at, storage)
        .put("usedBytes", pod.sum(usage -> usage.files() + usage.log()));
    into.putObject("process_stats").put("process_count", pod.sum(ContainerUsage::processes));
  }

  private static void container(
      ObjectNode into, String name, ContainerUsage usage, Instant at, @Nullable Quantity storage) {
    into.put("name", name);
    into.put("startTime", KubernetesTime.seconds(usage.startedAt()));
    cpu(into, at, usage.nanoCores(), usage.nanoSeconds());
    memory(into, at, usage.memory(), null);
    files(into, "rootfs", at, storage).put("usedBytes", usage.files());
    files(into, "logs", at, storage).put("usedBytes", usage.log());
  }

  private static void cpu(ObjectNode into, Instant at, long nanoCores, long nanoSeconds) {
    ObjectNode cpu = into.putObject("cpu");
    cpu.put("time", KubernetesTime.seconds(at));
    cpu.put("usageNanoCores", nanoCores);
    cpu.put("usageCoreNanoSeconds", nanoSeconds);
  }

  private static void memory(ObjectNode into, Instant at, long used, @Nullable Quantity capacity) {
    ObjectNode memory = into.putObject("memory");
    memory.put("time", KubernetesTime.seconds(at));
    if (capacity != null) {
      memory.put("availableBytes", Math.max(0, bytes(capacity) - used));
    }
    memory.put("usageBytes", used);
    memory.put("workingSetBytes", used);
    memory.put("rssBytes", used);
    memory.put("pageFaults", 0);
    memory.put("majorPageFaults", 0);
  }

  private static ObjectNode files(
      ObjectNode into, String name, Instant at, @Nullable Quantity capacity) {
    ObjectNode files = into.putObject(name);
    files.put("time", KubernetesTime.seconds(at));
    if (capacity != null) {
      files.put("availableBytes", bytes(capacity));
      files.put("capacityBytes", bytes(capacity));
    }
    return files;
  }

  private static long bytes(Quantity quantity) {
    return quantity.value();
  }
}
