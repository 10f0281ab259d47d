package dev.drydock.kubelet.usage;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.quantity.Quantity;
import dev.drydock.api.status.ApiException;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.runtime.ContainerId;
import dev.drydock.kubelet.runtime.ContainerUsage;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Measures what one node's pods use. Containers that have ended count on in what the node has
/// used up, as far as somebody looked while they ran.
public final class NodeUsage {
  private final String node;
  private final Map<String, Quantity> capacity;
  private final Supplier<Optional<PodAgent>> agent;
  private final ContainerUsage.Meter meter;
  private final InstantSource clock;
  private final Instant startedAt;

  @GuardedBy("this")
  private Map<ContainerId, Long> seen = Map.of();

  @GuardedBy("this")
  private long ended;

  /// @param agent nothing before the node has pods
  public NodeUsage(
      String node,
      Map<String, Quantity> capacity,
      Supplier<Optional<PodAgent>> agent,
      ContainerUsage.Meter meter,
      InstantSource clock) {
    this.node = node;
    this.capacity = Map.copyOf(capacity);
    this.agent = agent;
    this.meter = meter;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /// The node at a moment.
  ///
  /// @param nanoSeconds the time of cores that all its containers took, in billionths; never falls
  record Reading(Instant at, Instant startedAt, List<PodUsage> pods, long nanoSeconds) {
    Reading {
      pods = List.copyOf(pods);
    }
  }

  /// What `/stats/summary` tells.
  public ObjectNode summary() {
    return StatsSummary.of(node, read(), capacity);
  }

  /// What `/metrics/resource` tells.
  public String metrics() {
    return ResourceMetrics.of(read());
  }

  private synchronized Reading read() {
    var pods = new ArrayList<PodUsage>();
    var now = new HashMap<ContainerId, Long>();
    agent.get().ifPresent(known -> read(known, pods, now));
    pods.sort(Comparator.comparing(PodUsage::namespace).thenComparing(PodUsage::name));
    for (Map.Entry<ContainerId, Long> before : seen.entrySet()) {
      if (!now.containsKey(before.getKey())) {
        ended += before.getValue();
      }
    }
    seen = now;
    long running = now.values().stream().mapToLong(Long::longValue).sum();
    return new Reading(clock.instant(), startedAt, pods, ended + running);
  }

  private void read(PodAgent known, List<PodUsage> pods, Map<ContainerId, Long> now) {
    for (Pod pod : known.pods()) {
      var containers = new TreeMap<String, ContainerUsage>();
      for (String name : names(pod)) {
        try {
          ContainerId id =
              known.container(ObjectKey.of(pod), Uid.of(pod), name, PodAgent.Run.NEWEST);
          ContainerUsage usage = meter.usage(id);
          containers.put(name, usage);
          now.put(id, usage.nanoSeconds());
        } catch (ApiException | NoSuchElementException _) {
          // It does not run (yet, or any more).
        }
      }
      pods.add(new PodUsage(pod, containers));
    }
  }

  private static List<String> names(Pod pod) {
    var names = new ArrayList<String>();
    for (List<Container> group :
        List.of(pod.getSpec().getInitContainers(), pod.getSpec().getContainers())) {
      group.forEach(container -> names.add(container.getName()));
    }
    pod.getSpec().getEphemeralContainers().forEach(one -> names.add(one.getName()));
    return names;
  }
}
