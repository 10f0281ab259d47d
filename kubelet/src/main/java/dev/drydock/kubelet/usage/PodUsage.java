package dev.drydock.kubelet.usage;

import dev.drydock.kubelet.runtime.ContainerUsage;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/// What a pod's running containers use.
///
/// @param containers by name
record PodUsage(Pod pod, SortedMap<String, ContainerUsage> containers) {

  PodUsage {
    containers = Collections.unmodifiableSortedMap(new TreeMap<>(containers));
  }

  String name() {
    return pod.getMetadata().getName();
  }

  String namespace() {
    return pod.getMetadata().getNamespace();
  }

  long sum(ToLongFunction<ContainerUsage> of) {
    return containers.values().stream().mapToLong(of).sum();
  }
}
