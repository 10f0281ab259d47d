package dev.drydock.scheduler.framework;

import dev.drydock.api.meta.Uid;
import dev.drydock.api.quantity.Quantity;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Taint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A node with the pods on it, bound or assumed, and the sums of what they need. Immutable.
///
/// @param allocatable what pods may use in all
/// @param allowedPods how many pods may be there
/// @param requested what the pods need
/// @param scored the same, with small amounts in place of none
public record NodeView(
    Node node,
    Map<String, String> labels,
    List<Taint> taints,
    Resources allocatable,
    long allowedPods,
    List<PodView> pods,
    Resources requested,
    Resources scored,
    List<HostPort> usedPorts) {

  public NodeView {
    pods = List.copyOf(pods);
    usedPorts = List.copyOf(usedPorts);
  }

  /// A node without pods.
  public static NodeView of(Node node) {
    @Nullable Map<String, String> labels = node.getMetadata().getLabels();
    List<Taint> taints = node.getSpec() == null ? List.of() : node.getSpec().getTaints();
    Map<String, io.fabric8.kubernetes.api.model.Quantity> allocatable =
        (node.getStatus() == null || node.getStatus().getAllocatable() == null)
            ? Map.of()
            : node.getStatus().getAllocatable();
    return new NodeView(
        node,
        labels == null ? Map.of() : labels,
        taints,
        Resources.of(allocatable),
        Quantity.of(allocatable.get("pods")).value(),
        List.of(),
        Resources.NONE,
        Resources.NONE,
        List.of());
  }

  public String name() {
    return node.getMetadata().getName();
  }

  public boolean unschedulable() {
    return node.getSpec() != null && Boolean.TRUE.equals(node.getSpec().getUnschedulable());
  }

  /// The node in another state, with the same pods.
  public NodeView withNode(Node changed) {
    NodeView bare = of(changed);
    return new NodeView(
        changed,
        bare.labels,
        bare.taints,
        bare.allocatable,
        bare.allowedPods,
        pods,
        requested,
        scored,
        usedPorts);
  }

  public NodeView with(PodView pod) {
    var more = new ArrayList<>(pods);
    more.add(pod);
    List<HostPort> ports = usedPorts;
    if (!pod.hostPorts().isEmpty()) {
      ports = new ArrayList<>(usedPorts);
      ports.addAll(pod.hostPorts());
    }
    return changed(more, requested.plus(pod.requests()), scored.plus(pod.scoredRequests()), ports);
  }

  /// The node without that pod; the same when it is not there.
  public NodeView without(Uid uid) {
    for (int i = 0; i < pods.size(); i++) {
      PodView pod = pods.get(i);
      if (pod.uid().equals(uid)) {
        var fewer = new ArrayList<>(pods);
        fewer.remove(i);
        List<HostPort> ports = usedPorts;
        if (!pod.hostPorts().isEmpty()) {
          ports = new ArrayList<>(usedPorts);
          pod.hostPorts().forEach(ports::remove);
        }
        return changed(
            fewer, requested.minus(pod.requests()), scored.minus(pod.scoredRequests()), ports);
      }
    }
    return this;
  }

  private NodeView changed(
      List<PodView> newPods, Resources sum, Resources scoredSum, List<HostPort> ports) {
    return new NodeView(
        node, labels, taints, allocatable, allowedPods, newPods, sum, scoredSum, ports);
  }
}
