package dev.drydock.lab.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a lab consists of.
///
/// @param timeScale by how much Kubernetes' durations are divided; 1: not at all
public record Topology(AddressBlock block, List<LabNode> nodes, double timeScale) {
  public static final int MOST_NODES = 1000;

  public Topology {
    nodes = List.copyOf(nodes);
    if (nodes.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "a lab of one process per node has at most "
              + MOST_NODES
              + " nodes, not "
              + nodes.size());
    }
    if (!(timeScale > 0 && timeScale <= 1000)) {
      throw new IllegalArgumentException(
          "the time scale must be greater than 0 and at most 1000, not " + timeScale);
    }
  }

  /// A lab with nodes `node-1` to `node-N`.
  public static Topology of(AddressBlock block, int nodes, double timeScale) {
    if (nodes < 0) {
      throw new IllegalArgumentException("the number of nodes must not be negative: " + nodes);
    }
    return new Topology(
        block, IntStream.rangeClosed(1, nodes).mapToObj(LabNode::numbered).toList(), timeScale);
  }

  public Optional<LabNode> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  public String address(LabNode node) {
    return block.node(node.ordinal());
  }

  /// This topology with one more node, on the lowest free ordinal.
  ///
  /// @param name empty: `node-ORDINAL`
  /// @throws IllegalArgumentException when the name is taken or malformed
  public Topology plusNode(String name) {
    int ordinal =
        IntStream.iterate(1, i -> i + 1)
            .filter(i -> nodes.stream().noneMatch(node -> node.ordinal() == i))
            .findFirst()
            .orElseThrow();
    LabNode node = name.isEmpty() ? LabNode.numbered(ordinal) : new LabNode(name, ordinal);
    if (node(node.name()).isPresent()) {
      throw new IllegalArgumentException("the lab has a node named " + node.name() + " already");
    }
    var more = new ArrayList<>(nodes);
    more.add(node);
    return new Topology(block, more, timeScale);
  }

  public Topology minusNode(LabNode gone) {
    return new Topology(
        block, nodes.stream().filter(node -> !node.equals(gone)).toList(), timeScale);
  }

  /// Every component of the lab, in the order in which they are started.
  public List<Component> components() {
    var all = new ArrayList<Component>();
    all.add(Component.of(Role.ETCD));
    all.add(Component.of(Role.API_SERVER));
    all.add(Component.of(Role.CONTROLLER_MANAGER));
    all.add(Component.of(Role.SCHEDULER));
    for (LabNode node : nodes) {
      all.addAll(componentsOf(node));
    }
    return List.copyOf(all);
  }

  public List<Component> componentsOf(LabNode node) {
    return List.of(Component.of(Role.KUBELET, node), Component.of(Role.KUBE_PROXY, node));
  }

  /// @throws IllegalArgumentException when there is none of that name; the message lists the names
  public Component component(String name) {
    return components().stream()
        .filter(component -> component.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no component is named '"
                        + name
                        + "'; there are "
                        + String.join(", ", components().stream().map(Component::name).toList())));
  }
}
