package dev.drydock.kubelet;

import dev.drydock.client.cache.Change;
import dev.drydock.client.cache.Informer;
import dev.drydock.client.cache.SharedInformers;
import dev.drydock.client.lifecycle.Component;
import dev.drydock.client.resource.Kinds;
import dev.drydock.client.resource.Selection;
import dev.drydock.kubelet.network.NodeNetwork;
import dev.drydock.kubelet.node.NodeSettings;
import dev.drydock.kubelet.pods.PodAgent;
import dev.drydock.kubelet.usage.NodeUsage;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The nodes of one process. With one node it sees its own pods and node object only; with many,
/// one watch serves all.
final class Kubelet implements Component {
  private final Map<String, SimulatedNode> nodes = new LinkedHashMap<>();
  private final Informer<Node> nodeObjects;
  private final PodRouter router;
  private final SharedInformers informers;

  Kubelet(List<NodeSettings> settings, NodeHost host, SharedInformers informers) {
    this.informers = informers;
    boolean single = settings.size() == 1;
    String first = settings.getFirst().name();
    Informer<Pod> pods =
        informers.informer(
            Kinds.POD,
            Selection.ALL.withFields(single ? "spec.nodeName=" + first : "spec.nodeName!="),
            List.of());
    this.nodeObjects =
        informers.informer(
            Kinds.NODE,
            single ? Selection.ALL.withFields("metadata.name=" + first) : Selection.ALL,
            List.of());
    this.router = new PodRouter(pods);
    settings.forEach(one -> nodes.put(one.name(), new SimulatedNode(one, host, router)));
  }

  @Override
  public void start() {
    router.start();
    nodeObjects.addListener(this::nodeChanged);
    informers.start();
    nodes.values().forEach(SimulatedNode::start);
  }

  @Override
  public void close() {
    nodes.values().forEach(SimulatedNode::close);
    informers.close();
  }

  private void nodeChanged(Change<Node> change) {
    Node node = change.newest();
    SimulatedNode ours = nodes.get(node.getMetadata().getName());
    if (ours != null && !(change instanceof Change.Removed<Node>)) {
      ours.observed(node);
    }
  }

  /// @param name empty: the only node
  Optional<PodAgent> pods(String name) {
    return node(name).flatMap(SimulatedNode::pods);
  }

  /// @param name empty: the only node
  Optional<NodeUsage> usage(String name) {
    return node(name).map(SimulatedNode::usage);
  }

  /// @param name empty: the only node
  Optional<NodeNetwork> network(String name) {
    return node(name).map(SimulatedNode::network);
  }

  /// Whether every node has its addresses for pods.
  boolean isReady() {
    return nodes.values().stream().allMatch(node -> node.pods().isPresent());
  }

  private Optional<SimulatedNode> node(String name) {
    return name.isEmpty() && nodes.size() == 1
        ? nodes.values().stream().findFirst()
        : Optional.ofNullable(nodes.get(name));
  }
}
