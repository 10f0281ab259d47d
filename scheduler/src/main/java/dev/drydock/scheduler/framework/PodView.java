package dev.drydock.scheduler.framework;

import dev.drydock.api.meta.ObjectKey;
import dev.drydock.api.meta.Uid;
import dev.drydock.api.selector.LabelSelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod with what rules need of it, worked out once. Immutable.
///
/// @param requests what it needs
/// @param scoredRequests the same, with small amounts in place of none
/// @param workload selects the pods that it should be spread from by default: those of its
///     services and its controller; accepts nothing where there are none
public record PodView(
    Pod pod,
    ObjectKey key,
    Uid uid,
    PodClass podClass,
    Resources requests,
    Resources scoredRequests,
    List<HostPort> hostPorts,
    LabelSelector workload) {

  public PodView {
    hostPorts = List.copyOf(hostPorts);
  }

  public static PodView of(Pod pod) {
    return new PodView(
        pod,
        ObjectKey.of(pod),
        Uid.of(pod),
        PodClass.of(pod),
        PodRequests.exact(pod),
        PodRequests.nonZero(pod),
        hostPorts(pod),
        LabelSelector.NOTHING);
  }

  private static List<HostPort> hostPorts(Pod pod) {
    List<HostPort> ports = List.of();
    for (Container container : pod.getSpec().getContainers()) {
      for (ContainerPort port : container.getPorts()) {
        if (port.getHostPort() != null && port.getHostPort() > 0) {
          ports = ports.isEmpty() ? new ArrayList<>() : ports;
          String ip = port.getHostIP();
          String protocol = port.getProtocol();
          ports.add(
              new HostPort(
                  (ip == null || ip.isEmpty()) ? "0.0.0.0" : ip,
                  protocol == null ? "TCP" : protocol,
                  port.getHostPort()));
        }
      }
    }
    return ports;
  }

  public PodView withWorkload(LabelSelector selector) {
    return new PodView(pod, key, uid, podClass, requests, scoredRequests, hostPorts, selector);
  }

  /// Empty while it has no node.
  public String nodeName() {
    return nodeName(pod);
  }

  /// Empty while the pod has no node.
  public static String nodeName(Pod pod) {
    @Nullable String node = pod.getSpec().getNodeName();
    return node == null ? "" : node;
  }

  public int priority() {
    @Nullable Integer priority = pod.getSpec().getPriority();
    return priority == null ? 0 : priority;
  }

  /// Whether a node and the rules see no difference.
  public boolean countsLike(PodView other) {
    return podClass.equals(other.podClass)
        && requests.equals(other.requests)
        && hostPorts.equals(other.hostPorts)
        && priority() == other.priority();
  }
}
